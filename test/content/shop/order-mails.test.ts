import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { commitAs, visitorContext } from "../../../src/content/live/visitor.ts";
import { placeOrder } from "../../../src/content/shop/checkout/place.ts";
import { deliverMails } from "../../../src/mail/deliver.ts";
import { PostOffice } from "../../mail/post.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;
let post: PostOffice;
const CUSTOMER = { customerName: "Ada Baker", customerEmail: "ada@example.com" };

beforeEach(async () => {
  clock.use();
  shop = await makeShop(clock);
  post = new PostOffice();
  await env.DB.prepare("DELETE FROM mails").run();
});

/** An order as the checkout makes it. */
async function checkOut(fields: object = {}) {
  const { id: productId } = await shop.product({ title: "Rye <b>", price: 650, type: "service" });
  const row = await env.DB.prepare("SELECT workspace_id AS id FROM sites WHERE id = ?1")
    .bind(shop.siteId)
    .first<number>("id");
  const visited = { siteId: shop.siteId, tenant: { workspaceId: row as number, environment: "live" as const } };
  const at = { env, now: clock.time, requestId: "req_1", ip: "198.51.100.7", origin: "https://api.example.com" };
  const body = { ...CUSTOMER, items: [{ productId, variantId: null, quantity: 2 }], ...fields };
  const placing = { siteId: shop.siteId, checkoutKey: crypto.randomUUID(), body: body as never };
  return (await commitAs(visitorContext(at, visited), (ctx) => placeOrder(ctx, placing))).order;
}

/** The mails that came since the last look. */
async function mailed() {
  const before = post.taken.length;
  await deliverMails(post.bindings(), clock.time);
  return post.taken.slice(before);
}

describe("a customer of the checkout", () => {
  it("is written to as the order goes on, once for each step, in its language and with the link that opens it", async () => {
    const order = await checkOut({ locale: "de-AT" });
    const [placed, ...none] = await mailed();
    expect(none).toEqual([]);
    expect(placed).toMatchObject({ to: "ada@example.com", subject: `Bakery: Bestellung ${order.number}, eingegangen` });
    expect(placed?.text).toContain("Guten Tag Ada Baker,");
    expect(placed?.text).toMatch(/2 × Rye <b> {2}€\s?13,00/);
    const link = /https:\S+/.exec(placed?.text ?? "")?.[0] as string;
    expect(new URL(link).pathname).toMatch(new RegExp(`/shop/orders/${order.id}$`));
    const token = new URL(link).searchParams.get("token") as string;
    const { verifyLink } = await import("../../../src/core/links.ts");
    expect(await verifyLink(env, `order:${shop.siteId}`, order.id, token)).toBe(true);
    const step = async (body: object) => {
      await shop.ask("PATCH", `/orders/${order.id}`, body);
      return (await mailed()).map(({ subject }) => subject.split(", ")[1]);
    };
    expect(await step({ note: "no step" })).toEqual([]);
    expect(await step({ status: "paid" })).toEqual(["bezahlt"]);
    expect(await step({ status: "shipped" })).toEqual(["unterwegs"]);
    await shop.ask("POST", `/orders/${order.id}/refunds`, { amount: 300 });
    const [refunded] = await mailed();
    expect(refunded?.text).toMatch(/wir haben Ihnen €\s?3,00 Ihrer Bestellung/);
    const other = await checkOut();
    await mailed();
    await shop.ask("PATCH", `/orders/${other.id}`, { status: "cancelled" });
    expect((await mailed()).map(({ subject }) => subject)).toEqual([`Bakery: order ${other.number}, cancelled`]);
  });

  it("is not written to where the website says so, nor of an order that a key has made", async () => {
    const settings = { mail: { orders: false } };
    await call("PATCH", `/v1/sites/${shop.siteId}`, { headers: shop.headers, body: { settings } });
    await checkOut();
    expect(await mailed()).toEqual([]);
    await call("PATCH", `/v1/sites/${shop.siteId}`, {
      headers: shop.headers,
      body: { settings: { mail: { replyTo: "hi@example.com" } } },
    });
    const { id: productId } = await shop.product();
    const { body } = await shop.order({ productId, quantity: 1 });
    await shop.ask("PATCH", `/orders/${body.data.id}`, { status: "paid" });
    expect(await mailed()).toEqual([]);
    await checkOut();
    expect(await mailed()).toMatchObject([{ replyTo: "hi@example.com" }]);
  });
});

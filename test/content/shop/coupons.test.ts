import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, TestClock } from "../../support/fixtures.ts";
import { count } from "../../faults/world.ts";
import { measured } from "../../support/counting.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;
let productId: string;

beforeEach(async () => {
  shop = await makeShop(clock);
  productId = (await shop.product({ price: 500 })).id;
});

const fieldsOf = ({ body }: Answer) => body.error.details.fields;
const coupon = async (fields: object) =>
  (await shop.ask("POST", "/coupons", { code: "ONCE", type: "percentage", value: 10, ...fields })).body.data;
const buy = (customerEmail = "bo@example.com", couponCode = "ONCE") =>
  shop.ask("POST", "/orders", { customerName: "Bo", customerEmail, items: [{ productId }], couponCode });
const cancel = (answer: Answer) => shop.ask("PATCH", `/orders/${answer.body.data.id}`, { status: "cancelled" });
const usesOf = async ({ id }: { id: string }) => (await shop.ask("GET", `/coupons/${id}`)).body.data.uses;
const rows = (table: string) => count(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?1`, shop.siteId);

/** Everything that an order writes. */
const written = async () => ({
  orders: await rows("orders"),
  orderEvents: await count("SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type LIKE 'order.%'", shop.siteId),
  stock: (await shop.stock(productId)).stock,
});

/** Makes so many copies of the site's first order, with other values in some columns. */
async function copyOrder(times: number, values: Record<string, string>): Promise<void> {
  const row = await env.DB.prepare("SELECT * FROM orders WHERE site_id = ?1 AND number = 1").bind(shop.siteId).first();
  const next = await rows("orders");
  const own: Record<string, string> = {
    id: "'ord_' || hex(randomblob(13))",
    number: `${next} + value`,
    folded: "NULL",
    ...values,
  };
  const columns = Object.keys(row ?? {});
  const sql = `INSERT INTO orders (${columns.join(", ")})
    WITH RECURSIVE counted(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM counted WHERE value < ${times})
    SELECT ${columns.map((it) => own[it] ?? `orders.${it}`).join(", ")} FROM counted, orders WHERE orders.id = ?1`;
  await env.DB.prepare(sql).bind(row?.id).run();
}

describe("a coupon", () => {
  it("a coupon that two carts use at once is used once, and the other leaves no order behind", async () => {
    const made = await coupon({ maxUses: 1 });
    const answers = await Promise.all([buy("ada@example.com"), buy("bo@example.com")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409) as Answer;
    expect(fieldsOf(refused)).toEqual({ couponCode: "The coupon has been used up." });
    expect([await usesOf(made), await rows("orders")]).toEqual([1, 1]);
  });

  it("200 orders at once for the last use of a coupon: one has it, the others get 409, and nothing else changes", async () => {
    await shop.ask("PATCH", `/products/${productId}`, { stock: 1_000 });
    const made = await coupon({ maxUses: 3 });
    for (const name of ["ada", "bo"]) expect((await buy(`${name}@example.com`)).status).toBe(201);
    const before = await written();
    // The bucket of the key is full again.
    clock.advance(60_000);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, nth) => buy(`c${nth}@example.com`)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((it) => it === 201)).toHaveLength(1);
    expect(statuses.filter((it) => it === 409)).toHaveLength(199);
    clock.advance(60_000);
    for (const refused of answers.filter(({ status }) => status === 409)) {
      expect(Object.keys(fieldsOf(refused))).toEqual(["couponCode"]);
    }
    expect(await usesOf(made)).toBe(3);
    expect(await written()).toEqual({
      orders: before.orders + 1,
      orderEvents: before.orderEvents + 1,
      stock: (before.stock as number) - 1,
    });
  });

  it("a coupon is used by a customer as often as it says, however they write their address, and by others too", async () => {
    const made = await coupon({ maxUsesPerCustomer: 2 });
    const first = await buy("Bo@Example.com");
    expect((await buy("bo@example.COM")).status).toBe(201);
    const refused = await buy("BO@example.com");
    expect([refused.status, fieldsOf(refused)]).toEqual([
      409,
      { couponCode: "A customer can use this coupon 2 times." },
    ]);
    const asked = { items: [{ productId }], couponCode: "ONCE" };
    expect((await shop.ask("POST", "/quote", { ...asked, customerEmail: "bo@example.com" })).status).toBe(409);
    expect((await shop.ask("POST", "/quote", asked)).status).toBe(200);
    expect((await buy("ada@example.com")).status).toBe(201);
    await cancel(first);
    expect((await buy("bo@example.com")).status).toBe(201);
    expect(await usesOf(made)).toBe(3);
  });

  it("a customer who orders many times at once gets no more uses of a coupon than one is given", async () => {
    const made = await coupon({ maxUsesPerCustomer: 2 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => buy()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(8);
    expect(await usesOf(made)).toBe(2);
  });

  it("a customer's uses are counted in a few rows, however many others have used the coupon or they have ordered", async () => {
    await coupon({ maxUsesPerCustomer: 3 });
    await buy();
    const body = { customerName: "Bo", customerEmail: "bo@example.com", items: [{ productId }], couponCode: "ONCE" };
    const rowsRead = async () =>
      (await measured("POST", `${shop.path}/orders`, { headers: shop.headers, body })).cost.rowsRead;
    const before = await rowsRead();
    await copyOrder(2_000, { customer_email: "'c' || value || '@example.com'" });
    await copyOrder(2_000, { coupon_id: "NULL" });
    expect(await rowsRead()).toBeLessThanOrEqual(before + 10);
  });

  it("a use comes back once, whatever becomes of the order afterwards", async () => {
    const made = await coupon({ maxUses: 1, maxUsesPerCustomer: 1 });
    const order = await buy();
    await shop.ask("PATCH", `/orders/${order.body.data.id}`, { status: "paid" });
    await Promise.all(Array.from({ length: 5 }, () => cancel(order)));
    expect(await usesOf(made)).toBe(0);
    await shop.ask("PATCH", `/orders/${order.body.data.id}`, { status: "refunded" });
    expect((await buy()).status).toBe(201);
    expect(await usesOf(made)).toBe(1);
  });

  it("a use is not given to a coupon that has the code after the one it was of", async () => {
    const first = await coupon({});
    const order = await buy();
    await shop.ask("DELETE", `/coupons/${first.id}`);
    const second = await coupon({});
    await buy();
    await cancel(order);
    expect(await usesOf(second)).toBe(1);
  });

  it("a coupon is taken from its minimum on, and while it is valid, by the millisecond", async () => {
    const at = (ms: number) => new Date(clock.time + ms).toISOString();
    await coupon({ minimumAmount: 501, startsAt: at(1_000), expiresAt: at(2_000) });
    const status = async () => (await buy()).status;
    expect(await status()).toBe(400);
    await shop.ask("PATCH", `/products/${productId}`, { price: 501 });
    const seen = [await status()];
    for (const step of [999, 1, 999, 1]) {
      clock.advance(step);
      seen.push(await status());
    }
    expect(seen).toEqual([400, 400, 201, 201, 400]);
  });

  it("a coupon's maximum is never set below what is used, not even while an order uses it", async () => {
    const made = await coupon({ maxUses: 5 });
    await buy();
    const lower = () => shop.ask("PATCH", `/coupons/${made.id}`, { maxUses: 1 });
    const [changed, order] = await Promise.all([lower(), buy()]);
    const { uses, maxUses } = (await shop.ask("GET", `/coupons/${made.id}`)).body.data;
    expect(uses).toBeLessThanOrEqual(maxUses);
    expect([changed.status, order.status].filter((it) => it < 300)).toHaveLength(1);
    for (const { status } of [changed, order]) expect([200, 201, 400, 409]).toContain(status);
  });

  it("a coupon for free shipping has no value, and others need one", async () => {
    const made = await coupon({ type: "free_shipping", value: undefined, code: "SENT" });
    expect(made).toMatchObject({ type: "free_shipping", value: 0, currency: null });
    const changed = await shop.ask("PATCH", `/coupons/${made.id}`, { type: "percentage" });
    expect([changed.status, Object.keys(fieldsOf(changed))]).toEqual([400, ["value"]]);
  });
});

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { cancelOverdue } from "../../../src/content/shop/orders/due.ts";
import { runScheduled } from "../../../src/scheduled.ts";
import { failing, held, unwoken } from "../../faults/world.ts";
import { TestClock } from "../../support/fixtures.ts";
import { dueOf, makeProvider, orderOf, paymentsOf, type Provider } from "./payments-world.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
const MINUTE = 60_000;
let shop: Shop;
let provider: Provider;
let productId: string;
let couponId: string;

beforeEach(async () => {
  shop = await makeShop(clock);
  provider = await makeProvider(shop, clock);
  productId = (await shop.product({ price: 650, stock: 10 })).id;
  couponId = (await shop.ask("POST", "/coupons", { code: "TEN", type: "percentage", value: 10 })).body.data.id;
});

/** An order whose time is up, and which nobody has cancelled yet. */
async function overdueOrder() {
  const customer = { customerName: "Bo", customerEmail: "bo@example.com", couponCode: "TEN" };
  const holdUntil = new Date(clock.time + 30 * MINUTE).toISOString();
  const made = await shop.ask("POST", "/orders", { ...customer, items: [{ productId, quantity: 2 }], holdUntil });
  clock.advance(31 * MINUTE);
  return made.body.data;
}

/** Whether an order was paid; it holds its stock and its coupon then, and else has given both back. */
async function isWhole(id: string): Promise<boolean> {
  const order = await orderOf(shop, id);
  const { outcome } = (await paymentsOf(shop, id))[0];
  const uses = (await shop.ask("GET", `/coupons/${couponId}`)).body.data.uses;
  const { stock } = await shop.stock(productId);
  const isPaid = order.status === "paid";
  const now = [order.status, order.paidAmount, outcome, stock, uses, order.items[0].taken, order.holdUntil];
  expect(now).toEqual(
    isPaid ? ["paid", order.total, "applied", 8, 1, 2, null] : ["cancelled", 0, "unapplied", 10, 0, 0, null],
  );
  return isPaid;
}

describe("the time-out of an order", () => {
  it("an order that is not paid in time is cancelled once, with its stock and its coupon, and told of", async () => {
    const { id } = await overdueOrder();
    expect(await orderOf(shop, id)).toMatchObject({ status: "pending" });
    await Promise.all([cancelOverdue(env, clock.time), cancelOverdue(env, clock.time)]);
    expect(await orderOf(shop, id)).toMatchObject({ status: "cancelled", holdUntil: null, version: 2 });
    expect(await shop.stock(productId)).toMatchObject({ stock: 10 });
    expect((await shop.ask("GET", `/coupons/${couponId}`)).body.data.uses).toBe(0);
    const told = await env.DB.prepare(
      "SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = 'order.cancelled'",
    )
      .bind(shop.siteId)
      .first("n");
    expect(told).toBe(1);
  });

  it("an order is cancelled by the minute's work, should nobody have been woken; before its time it is not", async () => {
    const { id } = await overdueOrder();
    await runScheduled(unwoken(), clock.time - 2 * MINUTE);
    expect(await orderOf(shop, id)).toMatchObject({ status: "pending" });
    await runScheduled(unwoken(), clock.time);
    expect(await orderOf(shop, id)).toMatchObject({ status: "cancelled" });
  });

  it("an order that is paid, or has no end, is not cancelled; one that is held longer is cancelled then", async () => {
    const [paid, longer] = [await overdueOrder(), await overdueOrder()];
    const endless = (await shop.order({ productId })).body.data;
    await provider.tell("payment.succeeded", dueOf(paid));
    const holdUntil = new Date(clock.time + MINUTE).toISOString();
    expect((await shop.ask("PATCH", `/orders/${longer.id}`, { holdUntil })).body.data.holdUntil).toBe(holdUntil);
    expect((await shop.ask("PATCH", `/orders/${paid.id}`, { holdUntil })).status).toBe(409);
    const past = await shop.ask("PATCH", `/orders/${longer.id}`, { holdUntil: new Date(clock.time).toISOString() });
    expect(past.status).toBe(400);
    await cancelOverdue(env, clock.time);
    const statuses = async () =>
      Promise.all([paid, longer, endless].map(async ({ id }) => (await orderOf(shop, id)).status));
    expect(await statuses()).toEqual(["paid", "pending", "pending"]);
    clock.advance(MINUTE);
    await cancelOverdue(env, clock.time);
    expect(await statuses()).toEqual(["paid", "cancelled", "pending"]);
  });

  it("a callback that meets the time-out at any of its steps: paid with its stock, or cancelled and unapplied, never both", async () => {
    const seen = new Set<boolean>();
    for (let step = 1; ; step += 1) {
      const order = await overdueOrder();
      const { bindings, reached, release, calls } = held(step);
      const telling = provider.tell("payment.succeeded", dueOf(order), { bindings });
      await Promise.race([reached, telling]);
      await cancelOverdue(env, clock.time);
      release();
      expect((await telling).status).toBe(200);
      seen.add(await isWhole(order.id));
      await shop.ask("PATCH", `/orders/${order.id}`, { status: "cancelled" });
      if (calls() < step) break;
    }
    expect([...seen].sort()).toEqual([false, true]);
  });

  it("a time-out that meets a callback at any of its steps: paid with its stock, or cancelled and unapplied, never both", async () => {
    const seen = new Set<boolean>();
    for (let step = 1; ; step += 1) {
      const order = await overdueOrder();
      const { bindings, reached, release, calls } = held(step);
      const cancelling = cancelOverdue(bindings, clock.time);
      await Promise.race([reached, cancelling]);
      expect((await provider.tell("payment.succeeded", dueOf(order))).status).toBe(200);
      release();
      await cancelling;
      seen.add(await isWhole(order.id));
      await shop.ask("PATCH", `/orders/${order.id}`, { status: "cancelled" });
      if (calls() < step) break;
    }
    expect([...seen].sort()).toEqual([false, true]);
  });

  it("a callback that is killed at any of its steps has happened or has not, and is told again to the same end", async () => {
    for (const moment of ["before", "after"] as const) {
      for (let step = 1; ; step += 1) {
        const order = await overdueOrder();
        const { bindings, calls } = failing(step, moment);
        const first = await provider.tell("payment.succeeded", dueOf(order), { bindings });
        const again = await provider.tell("payment.succeeded", dueOf(order));
        expect(again.body.data).toMatchObject({ outcome: "applied" });
        if (first.status === 200) expect(again.body.data).toEqual(first.body.data);
        expect(await isWhole(order.id)).toBe(true);
        expect(await paymentsOf(shop, order.id)).toHaveLength(1);
        await shop.ask("PATCH", `/orders/${order.id}`, { status: "cancelled" });
        if (calls() < step) break;
      }
    }
  });
});

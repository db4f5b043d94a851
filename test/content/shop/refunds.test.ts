import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../../support/fixtures.ts";
import { dueOf, makeProvider, orderOf, paymentsOf } from "./payments-world.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;
let productId: string;

beforeEach(async () => {
  shop = await makeShop(clock);
  productId = (await shop.product({ price: 650, stock: 10 })).id;
});

/** An order of three at 6.50 that was paid by hand. */
async function paidOrder(): Promise<string> {
  const { id } = (await shop.order({ productId, quantity: 3 })).body.data;
  await shop.ask("PATCH", `/orders/${id}`, { status: "paid" });
  return id;
}

const refund = (id: string, body: object = {}) => shop.ask("POST", `/orders/${id}/refunds`, body);

describe("a refund", () => {
  it("a refund after a partial refund is of what is left, and ends the order as refunded", async () => {
    const id = await paidOrder();
    const first = await refund(id, { amount: 500, reason: "One was stale" });
    expect(first).toMatchObject({
      status: 201,
      body: { data: { kind: "refund", amount: 500, reason: "One was stale" } },
    });
    expect((await call("GET", first.headers.get("Location") as string, { headers: shop.headers })).body).toMatchObject({
      data: first.body.data,
    });
    expect(await orderOf(shop, id)).toMatchObject({ status: "paid", paidAmount: 1_950, refundedAmount: 500 });
    expect((await refund(id)).body.data).toMatchObject({ amount: 1_450, outcome: "applied" });
    expect(await orderOf(shop, id)).toMatchObject({ status: "refunded", refundedAmount: 1_950 });
    expect((await refund(id)).status).toBe(409);
    expect(await paymentsOf(shop, id)).toHaveLength(3);
  });

  it("a refund of more than was paid, or of what nobody has paid, is refused and recorded nowhere", async () => {
    const id = await paidOrder();
    await refund(id, { amount: 1_000 });
    const refused = await refund(id, { amount: 951 });
    expect(refused).toMatchObject({ status: 409, body: { error: { details: { fields: { amount: {} } } } } });
    const unpaid = (await shop.order({ productId })).body.data.id;
    expect((await refund(unpaid)).status).toBe(409);
    expect((await refund(unpaid, { amount: 1 })).status).toBe(409);
    expect(await paymentsOf(shop, unpaid)).toEqual([]);
    expect(await orderOf(shop, id)).toMatchObject({ refundedAmount: 1_000 });
  });

  it("of 200 parallel refunds of all that was paid exactly one succeeds; the others answer 409 and change nothing", async () => {
    const id = await paidOrder();
    // The key's bucket is full again, before and after.
    clock.advance(60_000);
    const answers = await Promise.all(Array.from({ length: 200 }, () => refund(id, { amount: 1_950 })));
    clock.advance(60_000);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((it) => it === 201)).toHaveLength(1);
    expect(statuses.filter((it) => it === 409)).toHaveLength(199);
    expect(await orderOf(shop, id)).toMatchObject({ status: "refunded", refundedAmount: 1_950, version: 3 });
    expect(await paymentsOf(shop, id)).toHaveLength(2);
  });

  it("a refund of items is of their price, and puts back into stock what is not back yet", async () => {
    const id = await paidOrder();
    const items = [{ item: 0, quantity: 1 }];
    expect((await refund(id, { items, restock: true })).body.data).toMatchObject({ amount: 650 });
    expect(await shop.stock(productId)).toMatchObject({ stock: 8 });
    expect((await orderOf(shop, id)).items).toMatchObject([{ quantity: 3, taken: 2 }]);
    const over = await refund(id, { items: [{ item: 0, quantity: 3 }], restock: true, amount: 1 });
    expect(over).toMatchObject({ status: 409, body: { error: { details: { fields: { "items.0.quantity": {} } } } } });
    await shop.ask("PATCH", `/orders/${id}`, { status: "cancelled" });
    expect(await shop.stock(productId)).toMatchObject({ stock: 10 });
    expect((await refund(id, { restock: true })).body.data).toMatchObject({ amount: 1_300 });
    expect(await shop.stock(productId)).toMatchObject({ stock: 10 });
    expect(await orderOf(shop, id)).toMatchObject({ status: "refunded" });
  });

  it.each([
    [{ items: [{ item: 1, quantity: 1 }] }, "items.0.item"],
    [{ items: [{ item: 0, quantity: 4 }] }, "items.0.quantity"],
    [{ items: [0, 0].map((item) => ({ item, quantity: 1 })) }, "items.1.item"],
    [{ amount: 0 }, "amount"],
    [{ paymentId: "pay_x" }, "paymentId"],
    [{ sum: 5 }, "sum"],
  ])("a refund refuses %j, naming %s", async (body, field) => {
    const refused = await refund(await paidOrder(), body);
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.error.details.fields)).toEqual([field]);
  });

  it("a refund that names its reference is known when the provider tells of it, and counts once", async () => {
    const provider = await makeProvider(shop, clock);
    const made = (await shop.order({ productId, quantity: 3 })).body.data;
    await provider.tell("payment.succeeded", dueOf(made));
    const { id } = (await refund(made.id, { amount: 300, reference: "re_1" })).body.data;
    const told = await provider.tell("refund.succeeded", { ...dueOf(made, "re_1"), amount: 300 });
    expect(told.body.data).toMatchObject({ paymentId: id, outcome: "applied" });
    expect((await refund(made.id, { amount: 1, reference: "re_1" })).status).toBe(409);
    expect(await orderOf(shop, made.id)).toMatchObject({ refundedAmount: 300 });
  });

  it("the status of an order makes the payments it speaks of: paid all that is due, refunded all that is left", async () => {
    const id = await paidOrder();
    expect(await paymentsOf(shop, id)).toMatchObject([{ kind: "payment", provider: "manual", amount: 1_950 }]);
    clock.advance(1_000);
    await refund(id, { amount: 50 });
    clock.advance(1_000);
    expect((await shop.ask("PATCH", `/orders/${id}`, { status: "refunded" })).body.data.refundedAmount).toBe(1_950);
    expect(await paymentsOf(shop, id)).toMatchObject([{}, { amount: 50 }, { kind: "refund", amount: 1_900 }]);
  });

  it("an order has no more than 200 payments and refunds, by the commit that adds to them", async () => {
    const id = await paidOrder();
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 198)
        INSERT INTO payments (id, workspace_id, environment, site_id, version, created_at, updated_at, order_id, kind, provider,
          event, amount, currency, outcome)
        SELECT 'pay_' || i || order_id, workspace_id, environment, site_id, 1, i, i, order_id, 'refund', 'manual',
          'refund.succeeded', 0, currency, 'applied' FROM n, payments WHERE order_id = ?1`,
    )
      .bind(id)
      .run();
    const both = await Promise.all([refund(id, { amount: 1 }), refund(id, { amount: 1 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { cancelOverdue } from "../../../src/content/shop/orders/due.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { makeShop, type Shop } from "./world.ts";
import { dueOf, makeProvider, orderOf, paymentsOf, type Provider, signed } from "./payments-world.ts";

const clock = new TestClock();
const MINUTE = 60_000;
let shop: Shop;
let provider: Provider;
let productId: string;

beforeEach(async () => {
  shop = await makeShop(clock);
  provider = await makeProvider(shop, clock);
  productId = (await shop.product({ price: 650, stock: 100 })).id;
});

const order = async (fields: object = {}) => {
  const customer = { customerName: "Bo", customerEmail: "bo@example.com" };
  return (await shop.ask("POST", "/orders", { ...customer, items: [{ productId, quantity: 2 }], ...fields })).body.data;
};

describe("a payment callback", () => {
  it("a payment callback of all that is due pays the order, and is told of to those who hear of orders", async () => {
    const made = await order();
    const answer = await provider.tell("payment.succeeded", dueOf(made));
    expect(answer).toMatchObject({ status: 200, body: { data: { outcome: "applied", unappliedReason: null } } });
    const paid = { status: "paid", paidAmount: 1_300, refundedAmount: 0, holdUntil: null, version: 2 };
    expect(await orderOf(shop, made.id)).toMatchObject(paid);
    const payment = { kind: "payment", provider: provider.id, amount: 1_300, outcome: "applied", tax: null };
    expect(await paymentsOf(shop, made.id)).toMatchObject([{ ...payment, id: answer.body.data.paymentId }]);
    const { results } = await env.DB.prepare(
      "SELECT type, data FROM events WHERE site_id = ?1 ORDER BY seq DESC LIMIT 2",
    )
      .bind(shop.siteId)
      .all<{ type: string; data: string }>();
    expect(results.map(({ type }) => type)).toEqual(["order.paid", "order.updated"]);
    for (const { data } of results) expect(JSON.parse(data)).toEqual(await orderOf(shop, made.id));
  });

  it("a payment callback that comes twice counts once: the same message, another one of the same reference, both at once", async () => {
    const made = await order();
    const id = crypto.randomUUID();
    const answers = await Promise.all([
      provider.tell("payment.succeeded", dueOf(made), { id }),
      provider.tell("payment.succeeded", dueOf(made), { id }),
      provider.tell("payment.succeeded", dueOf(made)),
    ]);
    answers.push(await provider.tell("payment.succeeded", dueOf(made), { id, at: clock.time + MINUTE }));
    answers.push(await provider.tell("payment.succeeded", dueOf(made)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.data.paymentId}`)).size).toBe(1);
    expect(await paymentsOf(shop, made.id)).toHaveLength(1);
    expect(await orderOf(shop, made.id)).toMatchObject({ paidAmount: 1_300, version: 2 });
  });

  it("a payment callback is recorded however many attempts have failed before it", async () => {
    const made = await order();
    const failed = (nth: number) => provider.tell("payment.failed", dueOf(made, `failed_${nth}`));
    const answers = await Promise.all(Array.from({ length: 201 }, (_, nth) => failed(nth)));
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    expect((await provider.tell("payment.succeeded", dueOf(made))).body.data.outcome).toBe("applied");
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "paid", paidAmount: 1_300 });
  });

  it("a payment callback whose reference was told of with another amount, currency or order is refused", async () => {
    const [made, other] = [await order(), await order()];
    await provider.tell("payment.succeeded", dueOf(made, "ch_1"));
    for (const wrong of [{ amount: 1 }, { currency: "USD" }, { orderId: other.id }]) {
      const refused = await provider.tell("payment.succeeded", { ...dueOf(made, "ch_1"), ...wrong });
      expect(refused).toMatchObject({
        status: 409,
        body: { error: { details: { fields: { "data.reference": {} } } } },
      });
    }
    expect(await orderOf(shop, other.id)).toMatchObject({ status: "pending", version: 1 });
  });

  it("a payment callback for a cancelled order is recorded, leaves it cancelled, and can be paid back", async () => {
    const made = await order();
    await shop.ask("PATCH", `/orders/${made.id}`, { status: "cancelled" });
    const { body } = await provider.tell("payment.succeeded", dueOf(made));
    expect(body.data).toMatchObject({ outcome: "unapplied", unappliedReason: "order_cancelled" });
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "cancelled", paidAmount: 0, paidAt: null });
    expect(await shop.stock(productId)).toMatchObject({ stock: 100 });
    const { paymentId } = body.data;
    const refund = (amount?: number) =>
      shop.ask("POST", `/orders/${made.id}/refunds`, { paymentId, ...(amount && { amount }) });
    expect((await refund(300)).body.data).toMatchObject({ amount: 300, outcome: "unapplied", refundOf: paymentId });
    expect((await refund(1_001)).status).toBe(409);
    expect((await refund()).body.data).toMatchObject({ amount: 1_000, provider: provider.id });
    expect((await refund()).status).toBe(409);
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "cancelled", paidAmount: 0, refundedAmount: 0 });
  });

  it("a payment callback that comes late, after the time-out, finds the order cancelled and is recorded", async () => {
    const made = await order({ holdUntil: new Date(clock.time + 30 * MINUTE).toISOString() });
    clock.advance(31 * MINUTE);
    await cancelOverdue(env, clock.time);
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "cancelled", holdUntil: null });
    const { body } = await provider.tell("payment.succeeded", dueOf(made));
    expect(body.data).toMatchObject({ outcome: "unapplied", unappliedReason: "order_cancelled" });
  });

  it("payment callbacks that come out of order end where they would have in order", async () => {
    const made = await order();
    const refund = { ...dueOf(made, "re_1"), amount: 300 };
    expect((await provider.tell("refund.succeeded", refund)).body.data).toMatchObject({
      unappliedReason: "more_than_paid",
    });
    clock.advance(MINUTE);
    await provider.tell("payment.succeeded", dueOf(made));
    clock.advance(MINUTE);
    await provider.tell("payment.failed", dueOf(made));
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "paid", paidAmount: 1_300, refundedAmount: 0 });
    clock.advance(MINUTE);
    await provider.tell("refund.succeeded", { ...refund, reference: "re_2" });
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "paid", refundedAmount: 300 });
    const outcomes = (await paymentsOf(shop, made.id)).map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).toEqual(["unapplied", "applied", "failed", "applied"]);
  });

  it.each([
    ["a wrong amount", { amount: 1_299 }, "wrong_amount"],
    ["a wrong currency", { currency: "USD" }, "wrong_currency"],
  ])("a payment callback with %s is recorded and leaves the order unpaid", async (_, wrong, unappliedReason) => {
    const made = await order();
    const { status, body } = await provider.tell("payment.succeeded", { ...dueOf(made), ...wrong });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ outcome: "unapplied", unappliedReason });
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "pending", paidAmount: 0, version: 1 });
    await provider.tell("payment.succeeded", dueOf(made, "ch_right"));
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "paid", paidAmount: 1_300 });
    const second = await provider.tell("payment.succeeded", dueOf(made, "ch_again"));
    expect(second.body.data).toMatchObject({ outcome: "unapplied", unappliedReason: "already_paid" });
    expect(await orderOf(shop, made.id)).toMatchObject({ paidAmount: 1_300 });
  });

  it("a payment callback for another site's order finds none, and changes nothing", async () => {
    const other = await makeShop(clock);
    const { id } = await other.product({ price: 1_300 });
    const foreign = (await other.order({ productId: id })).body.data;
    expect((await provider.tell("payment.succeeded", dueOf(foreign))).status).toBe(404);
    expect(await orderOf(other, foreign.id)).toMatchObject({ status: "pending", version: 1 });
    expect(await paymentsOf(other, foreign.id)).toEqual([]);
  });

  it("a refund of nothing that is told of an order which was never paid leaves the order as it is", async () => {
    const made = await order();
    const refund = { ...dueOf(made, "re_0"), amount: 0 };
    const { status, body } = await provider.tell("refund.succeeded", refund);
    expect([status, body.data.unappliedReason]).toEqual([200, "more_than_paid"]);
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "pending", version: 1 });
    expect((await shop.ask("PATCH", `/orders/${made.id}`, { status: "cancelled" })).status).toBe(200);
    expect(await shop.stock(productId)).toMatchObject({ stock: 100 });
  });

  it("a payment callback that fails is recorded, and the same payment can succeed after it", async () => {
    const made = await order();
    for (let time = 0; time < 2; time += 1) {
      const failed = await provider.tell("payment.failed", dueOf(made));
      expect(failed.body.data).toMatchObject({ outcome: "failed" });
    }
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "pending", version: 1 });
    await provider.tell("payment.succeeded", dueOf(made));
    expect(await orderOf(shop, made.id)).toMatchObject({ status: "paid" });
    expect(await paymentsOf(shop, made.id)).toHaveLength(2);
  });
});

describe("a callback's signature", () => {
  it("a callback is refused alike whatever is wrong with its sender, signature or time, and nothing of it is looked at", async () => {
    const made = await order();
    const body = JSON.stringify({ type: "payment.succeeded", data: dueOf(made) });
    const message = { id: "msg_1", at: clock.time, body };
    const good = signed(message, provider.secret);
    const other = await makeProvider(shop, clock);
    const inactive = await makeProvider(shop, clock);
    await shop.ask("PATCH", `/payment-providers/${inactive.id}`, { active: false });
    const send = (headers: object, { path = provider.path, sent = body } = {}) =>
      call("POST", path, { headers: { ...good, ...headers } as Record<string, string>, body: sent });
    const refused = [
      await send({ "webhook-signature": "" }),
      await send({ "webhook-signature": "v1," }),
      await send({ "webhook-signature": "v1,@@@" }),
      await send({ "webhook-signature": (good["webhook-signature"] as string).replace("v1,", "v2,") }),
      await send({ "webhook-id": "msg_2" }),
      await send({ "webhook-timestamp": String(Number(good["webhook-timestamp"]) + 1) }),
      await send({ "webhook-timestamp": "soon" }),
      await send(signed({ ...message, at: clock.time - 5 * MINUTE - 2_000 }, provider.secret)),
      await send(signed({ ...message, at: clock.time + 5 * MINUTE + 2_000 }, provider.secret)),
      await send(signed(message, other.secret)),
      await send({}, { sent: `${body} ` }),
      await send({}, { sent: "no json" }),
      await send(signed(message, inactive.secret), { path: inactive.path }),
      await send({}, { path: provider.path.replace(/pp_\w+/, "pp_01KAGW6PSZ0000000000000000") }),
      await send({}, { path: other.path }),
    ];
    const said = new Set(
      refused.map(({ status, body: { error } }) => JSON.stringify([status, error.code, error.message, error.details])),
    );
    expect([...said]).toHaveLength(1);
    expect(refused[0]).toMatchObject({ status: 400, body: { error: { details: { reason: "invalid_signature" } } } });
    expect(await paymentsOf(shop, made.id)).toEqual([]);
    expect((await send({})).status).toBe(200);
    expect((await send({ "webhook-signature": `v1,AAAA ${good["webhook-signature"]}` })).status).toBe(200);
  });

  it("a callback of more than 16 kB is refused, and one that is genuine but says nothing names what is missing", async () => {
    const sent = JSON.stringify({ type: "payment.succeeded", data: "x".repeat(20_000) });
    const headers = signed({ id: "msg_1", at: clock.time, body: sent }, provider.secret);
    expect((await call("POST", provider.path, { headers, body: sent })).status).toBe(413);
    const empty = await provider.tell("payment.exploded", {});
    expect(empty.status).toBe(400);
    const fields = Object.keys(empty.body.error.details.fields);
    expect(fields).toEqual(["type", "data.orderId", "data.amount", "data.currency", "data.reference"]);
  });

  it("a provider's secret is shown when it is made and when it is rotated, and the former one holds for the grace", async () => {
    const shown = (await shop.ask("GET", `/payment-providers/${provider.id}`)).body.data;
    expect(shown).not.toHaveProperty("secret");
    const rotated = (await shop.ask("POST", `/payment-providers/${provider.id}/rotate-secret`, { gracePeriodHours: 1 }))
      .body.data;
    expect(rotated.secret).toMatch(/^whsec_/);
    const told = async (secret: string) =>
      (await provider.tell("payment.succeeded", dueOf(await order()), { secret })).status;
    expect([await told(provider.secret), await told(rotated.secret)]).toEqual([200, 200]);
    clock.advance(61 * MINUTE);
    expect([await told(provider.secret), await told(rotated.secret)]).toEqual([400, 200]);
    const again = (await shop.ask("POST", `/payment-providers/${provider.id}/rotate-secret`)).body.data;
    const ended = await shop.ask("POST", `/payment-providers/${provider.id}/end-previous-secret`);
    expect(ended.body.data).toMatchObject({ previousSecretExpiresAt: null });
    expect([await told(rotated.secret), await told(again.secret)]).toEqual([400, 200]);
  });
});

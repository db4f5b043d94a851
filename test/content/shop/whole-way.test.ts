import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../../support/fixtures.ts";
import { callbackPath, signedMessage, type Told, type TestProvider } from "../../support/payments.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;
let provider: TestProvider;

const made = async (path: string, body: object) => {
  const answer = await site.ask("POST", path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body.data;
};
const read = async (path: string) => (await site.ask("GET", path)).body.data;

const SHOP = {
  tax: { included: true, rates: [{ country: "NL", rate: 21 }] },
  shipping: { methods: [{ id: "post", name: "By post", countries: ["NL"], amount: 495 }] },
};

beforeAll(async () => {
  site = await makeVisitedSite(clock, { settings: { shop: SHOP } });
  await site.page({ title: "Home", slug: "home" });
  await site.publish();
  provider = await made("/shop/payment-providers", { name: "Card" });
  await made("/loyalty/rules", { currency: "EUR", points: 1, enrols: true });
});

/** Tells, as the provider would, of money that came or went. */
const tell = (type: string, data: Told) =>
  call("POST", callbackPath(provider), signedMessage(provider, clock.time, { type, data }));

const member = async () => (await read("/loyalty/members?email=ada@example.com"))[0];

describe("the whole way of an order", () => {
  it("what a visitor orders takes stock and coupon, its payment earns points, a partial refund takes their share back and a full one all, and every part adds up", async () => {
    const product = await made("/shop/products", { title: "Basket", price: 2_000, stock: 5 });
    const coupon = await made("/shop/coupons", { code: "TEN", type: "percentage", value: 10, maxUses: 1 });
    const placed = await call("POST", `/api/checkout?site=${site.slug}`, {
      headers: { "Idempotency-Key": "whole-way", "CF-Connecting-IP": "203.0.113.77" },
      body: {
        customerName: "Ada Baker",
        customerEmail: "ada@example.com",
        shippingAddress: { line1: "Keizersgracht 1", postalCode: "1015 CN", city: "Amsterdam", country: "NL" },
        items: [{ productId: product.id, quantity: 3 }],
        couponCode: "TEN",
        shippingMethod: "post",
      },
    });
    expect(placed.status, placed.text).toBe(201);
    const { id, subtotal, discount, shipping, tax, total, items } = placed.body;
    expect({ subtotal, discount, shipping, total }).toEqual({
      subtotal: 6_000,
      discount: 600,
      shipping: 495,
      total: 5_895,
    });
    // 21 % within € 54.00 and within € 4.95.
    expect(tax).toBe(937 + 86);
    expect([items[0].total, items[0].discount, items[0].tax]).toEqual([6_000, 600, 937]);
    expect((await read(`/shop/products/${product.id}`)).stock).toBe(2);
    expect((await read(`/shop/coupons/${coupon.id}`)).uses).toBe(1);
    expect(await member()).toBeUndefined();

    const paid = { orderId: id, amount: total, currency: "EUR", reference: "ch_1" };
    for (let time = 0; time < 2; time += 1) expect((await tell("payment.succeeded", paid)).status).toBe(200);
    expect(await read(`/shop/orders/${id}`)).toMatchObject({ status: "paid", paidAmount: 5_895, refundedAmount: 0 });
    const { points: earned, id: memberId } = await member();
    expect(earned).toBeGreaterThan(0);

    await made(`/shop/orders/${id}/refunds`, { amount: 2_000, reason: "One was stale" });
    expect(await read(`/shop/orders/${id}`)).toMatchObject({ status: "paid", refundedAmount: 2_000 });
    const { points: left } = await member();
    expect([left < earned, left > 0]).toEqual([true, true]);
    const over = await site.ask("POST", `/shop/orders/${id}/refunds`, { amount: 3_896 });
    expect(over.status, over.text).toBe(409);

    await made(`/shop/orders/${id}/refunds`, { restock: true });
    expect(await read(`/shop/orders/${id}`)).toMatchObject({ status: "refunded", refundedAmount: 5_895 });
    expect((await member()).points).toBe(0);
    expect((await read(`/shop/products/${product.id}`)).stock).toBe(5);

    const entries = await read(`/loyalty/members/${memberId}/entries?limit=100`);
    expect(entries.reduce((sum: number, it: { points: number }) => sum + it.points, 0)).toBe(0);
    const payments = await read(`/shop/orders/${id}/payments?limit=100`);
    const signed = payments.map(({ kind, amount, outcome }: Record<string, unknown>) =>
      outcome === "applied" ? (kind === "refund" ? -Number(amount) : Number(amount)) : 0,
    );
    expect(signed.reduce((sum: number, it: number) => sum + it, 0)).toBe(0);
  });
});

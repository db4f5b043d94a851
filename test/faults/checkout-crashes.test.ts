import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { callThrough, count, failing, held, type Moment } from "./world.ts";

const clock = new TestClock();
const STOCK = 1_000;
let site: VisitedSite;
let productId: string;
let couponId: string;
/** Each attempt comes from an address of its own: its bucket is not what is tried here. */
let addresses = 0;

const made = async (path: string, body: object) => {
  const answer = await site.ask("POST", path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body.data;
};

beforeAll(async () => {
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await site.publish();
  productId = (await made("/shop/products", { title: "Loaf", price: 650, stock: STOCK })).id;
  couponId = (await made("/shop/coupons", { code: "WINTER10", type: "percentage", value: 10 })).id;
});

/** A customer by a name that nobody else has. */
const checkoutOf = (name: string) => ({
  headers: { "Idempotency-Key": name, "CF-Connecting-IP": `2001:db8:${(addresses++).toString(16)}::1` },
  body: {
    customerName: name,
    customerEmail: `${name}@example.com`,
    shippingAddress: { line1: "Keizersgracht 1", postalCode: "1015 CN", city: "Amsterdam", country: "NL" },
    items: [{ productId, quantity: 1 }],
    couponCode: "WINTER10",
  },
});
const path = () => `/api/checkout?site=${site.slug}`;

/** What is left of the stock, and what of the coupon and of orders and events there is. */
async function books() {
  const { stock } = (await site.ask("GET", `/shop/products/${productId}`)).body.data;
  const { uses } = (await site.ask("GET", `/shop/coupons/${couponId}`)).body.data;
  const orders = await count("SELECT count(*) AS n FROM orders WHERE site_id = ?1", site.id);
  const told = await count("SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = 'order.created'", site.id);
  return { stock, uses, orders, told };
}

/** The books after one more order than in `before`. */
const oneMore = ({ stock, uses, orders, told }: Awaited<ReturnType<typeof books>>) => ({
  stock: stock - 1,
  uses: uses + 1,
  orders: orders + 1,
  told: told + 1,
});

async function expectPlacedOnce(name: string, before: Awaited<ReturnType<typeof books>>): Promise<string> {
  const again = await call("POST", path(), checkoutOf(name));
  expect(again.status, again.text).toBe(201);
  expect(await books()).toEqual(oneMore(before));
  return again.body.id;
}

describe("a checkout whose n-th call of a binding fails, for every n", () => {
  it.each<Moment>(["before", "after"])(
    "a checkout whose n-th call of a binding fails, for every n, %s it is carried out, has placed one order when it is repeated with its key: one of the stock, one use of the coupon",
    async (moment) => {
      for (let target = 1; ; target += 1) {
        clock.advance(15_000);
        const name = `${moment}-${target}`;
        const before = await books();
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, "POST", path(), checkoutOf(name));
        expect([201, 503], answer.text).toContain(answer.status);
        expect([before, oneMore(before)]).toContainEqual(await books());
        await abortAllDurableObjects();
        const id = await expectPlacedOnce(name, before);
        if (answer.status === 201) expect(answer.body.id).toBe(id);
        if (calls() < target) return expect([answer.status, target > 4]).toEqual([201, true]);
      }
    },
  );

  it("a checkout that stands still at its n-th call of a binding, for every n, and goes on beside its repetition, places one order", async () => {
    for (let target = 1; ; target += 1) {
      clock.advance(15_000);
      const name = `held-${target}`;
      const before = await books();
      const { bindings, reached, release, calls } = held(target);
      const first = callThrough(bindings, "POST", path(), checkoutOf(name));
      const isOver = await Promise.race([reached.then(() => false), first.then(() => true)]);
      const id = await expectPlacedOnce(name, before);
      release();
      const late = await first;
      expect([201, 503], late.text).toContain(late.status);
      if (late.status === 201) expect(late.body.id).toBe(id);
      expect(await books()).toEqual(oneMore(before));
      if (isOver) return expect(calls()).toBeLessThan(target);
    }
  });
});

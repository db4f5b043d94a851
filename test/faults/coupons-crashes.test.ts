import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { makeShop, type Shop } from "../content/shop/world.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, type Moment } from "./world.ts";

const clock = new TestClock();
let shop: Shop;
let productId: string;

beforeAll(async () => {
  shop = await makeShop(clock);
  productId = (await shop.product()).id;
});

/** How often a coupon is used, and which orders say that they use it. */
const traces = async (couponId: string, code: string) => ({
  uses: await count("SELECT uses AS n FROM coupons WHERE id = ?1", couponId),
  holders: await count("SELECT count(*) AS n FROM orders WHERE coupon_id = ?1", couponId),
  orders: await count("SELECT count(*) AS n FROM orders WHERE coupon_code = ?1", code),
});

const order = (couponCode: string) => ({
  customerName: "Bo",
  customerEmail: "bo@example.com",
  items: [{ productId }],
  couponCode,
});

interface Step {
  what: string;
  call: (code: string, orderId: string) => [method: string, path: string, body: object];
  after: object;
}

const BEFORE = { uses: 1, holders: 1, orders: 1 };
const STEPS: Step[] = [
  {
    what: "an order with a coupon",
    call: (code) => ["POST", "/orders", order(code)],
    after: { uses: 2, holders: 2, orders: 2 },
  },
  {
    what: "the cancellation of one",
    call: (_, orderId) => ["PATCH", `/orders/${orderId}`, { status: "cancelled" }],
    after: { uses: 0, holders: 0, orders: 1 },
  },
];

describe.each(STEPS)("$what whose n-th call of a binding fails, for every n", (step) => {
  it.each<Moment>(["before", "after"])(
    `${step.what} has counted the use with the order or not at all when a call fails %s it is carried out, and once when it is repeated`,
    async (moment) => {
      for (let target = 1; ; target += 1) {
        // Each crash costs the key what was counted ahead, for ten seconds.
        clock.advance(15_000);
        const code = `C${crypto.randomUUID().slice(0, 8)}`.toUpperCase();
        const coupon = { code, type: "percentage", value: 10, maxUses: 2, maxUsesPerCustomer: 2 };
        const { id: couponId } = (await shop.ask("POST", "/coupons", coupon)).body.data;
        const { id: orderId } = (await shop.ask("POST", "/orders", order(code))).body.data;
        const [method, path, body] = step.call(code, orderId);
        const init = { headers: { ...shop.headers, "Idempotency-Key": crypto.randomUUID() }, body };
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, method, shop.path + path, init);
        const left = await traces(couponId, code);
        expect([BEFORE, step.after]).toContainEqual(left);
        if (answer.status < 300) expect(left).toEqual(step.after);
        if (calls() < target) return expect(answer.status).toBeLessThan(300);
        await abortAllDurableObjects();
        clock.advance(15_000);
        expect((await call(method, shop.path + path, init)).status).toBeLessThan(300);
        expect(await traces(couponId, code)).toEqual(step.after);
      }
    },
  );
});

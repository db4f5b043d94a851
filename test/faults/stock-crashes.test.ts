import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { makeShop, type Shop } from "../content/shop/world.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, type Moment } from "./world.ts";

const STOCK = 5;
const clock = new TestClock();
let shop: Shop;

beforeAll(async () => {
  shop = await makeShop(clock);
});

/** What a product has left, and what orders hold of it. */
async function traces(productId: string) {
  const ofProduct = "FROM orders, json_each(orders.items) AS item WHERE item.value ->> 'productId' = ?1";
  return {
    stock: await count("SELECT stock AS n FROM products WHERE id = ?1", productId),
    taken: await count(`SELECT sum(item.value ->> 'taken') AS n ${ofProduct}`, productId),
    orders: await count(`SELECT count(*) AS n ${ofProduct}`, productId),
  };
}

interface Step {
  what: string;
  call: (productId: string, orderId: string) => [method: string, path: string, body: object];
  /** What there is before it and after it. */
  before: object;
  after: object;
}

const order = (productId: string) => ({
  customerName: "Bo",
  customerEmail: "bo@example.com",
  items: [{ productId, quantity: 2 }],
});

const STEPS: Step[] = [
  {
    what: "an order",
    call: (productId) => ["POST", "/orders", order(productId)],
    before: { stock: STOCK - 2, taken: 2, orders: 1 },
    after: { stock: STOCK - 4, taken: 4, orders: 2 },
  },
  {
    what: "a cancellation",
    call: (_, orderId) => ["PATCH", `/orders/${orderId}`, { status: "cancelled" }],
    before: { stock: STOCK - 2, taken: 2, orders: 1 },
    after: { stock: STOCK, taken: 0, orders: 1 },
  },
  {
    what: "a change of the stock",
    call: (productId) => ["POST", `/products/${productId}/stock`, { change: 3 }],
    before: { stock: STOCK - 2, taken: 2, orders: 1 },
    after: { stock: STOCK + 1, taken: 2, orders: 1 },
  },
];

describe.each(STEPS)("$what whose n-th call of a binding fails, for every n", (step) => {
  it.each<Moment>(["before", "after"])(
    `${step.what} has moved stock and order together or neither when a call fails %s it is carried out, and once when it is repeated`,
    async (moment) => {
      for (let target = 1; ; target += 1) {
        // Each crash costs the key what was counted ahead, for ten seconds.
        clock.advance(15_000);
        const { id: productId } = await shop.product({ title: crypto.randomUUID(), stock: STOCK });
        const { id: orderId } = (await shop.ask("POST", "/orders", order(productId))).body.data;
        const [method, path, body] = step.call(productId, orderId);
        const init = { headers: { ...shop.headers, "Idempotency-Key": crypto.randomUUID() }, body };
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, method, shop.path + path, init);
        const left = await traces(productId);
        expect([step.before, step.after]).toContainEqual(left);
        if (answer.status < 300) expect(left).toEqual(step.after);
        if (calls() < target) return expect(answer.status).toBeLessThan(300);
        await abortAllDurableObjects();
        clock.advance(15_000);
        expect((await call(method, shop.path + path, init)).status).toBeLessThan(300);
        expect(await traces(productId)).toEqual(step.after);
      }
    },
  );
});

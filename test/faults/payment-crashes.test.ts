import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { callbackPath, signedMessage, type TestProvider } from "../support/payments.ts";
import { callThrough, count, failing, makeSite, type Moment, type Site } from "./world.ts";

const clock = new TestClock();
let site: Site;
let productId: string;
let provider: TestProvider;

const made = async (path: string, body: object) => {
  const answer = await call("POST", site.path + path, { headers: site.key.headers, body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.data;
};

beforeAll(async () => {
  site = await makeSite(clock);
  productId = (await made("/shop/products", { title: "Loaf", price: 650 })).id;
  await made("/loyalty/rules", { currency: "EUR", points: 2, enrols: true });
  provider = await made("/shop/payment-providers", { name: "Card" });
});

const earned = "SELECT count(*) AS n FROM loyalty_entries WHERE order_id = ?1 AND kind = 'earn'";
const payments = "SELECT count(*) AS n FROM payments WHERE order_id = ?1";
const told = "SELECT count(*) AS n FROM events WHERE type = 'order.updated' AND data ->> 'id' = ?1";

describe("a payment whose n-th call of a binding fails, for every n", () => {
  it.each<Moment>(["before", "after"])(
    "a payment whose n-th call of a binding fails, for every n, %s it is carried out, has paid its order once when it is told again, and earned points once",
    async (moment) => {
      for (let target = 1; ; target += 1) {
        clock.advance(15_000);
        const customer = { customerName: "Ada", customerEmail: `${moment}-${target}@example.com` };
        const order = await made("/shop/orders", { ...customer, items: [{ productId }] });
        const data = { orderId: order.id, amount: order.total, currency: "EUR", reference: `ref-${order.id}` };
        const message = signedMessage(provider, clock.time, { data });
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, "POST", callbackPath(provider), message);
        expect([200, 503], answer.text).toContain(answer.status);
        await abortAllDurableObjects();
        const again = await call("POST", callbackPath(provider), message);
        expect([again.status, again.body.data?.outcome], again.text).toEqual([200, "applied"]);
        const { body } = await call("GET", `${site.path}/shop/orders/${order.id}`, { headers: site.key.headers });
        expect(body.data).toMatchObject({ status: "paid", paidAmount: order.total });
        expect([await count(payments, order.id), await count(earned, order.id), await count(told, order.id)]).toEqual([
          1, 1, 1,
        ]);
        if (calls() < target) return expect(answer.status).toBe(200);
      }
    },
  );
});

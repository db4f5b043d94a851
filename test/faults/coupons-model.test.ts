import { abortAllDurableObjects } from "cloudflare:test";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeShop, type Shop } from "../content/shop/world.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, type Moment } from "./world.ts";

const SEED = 20261129;
const RUNS = 15;
/** Uses of the coupon, in all and by customer. */
const MOST = 3;
const MOST_EACH = 2;

const clock = new TestClock();
let shop: Shop;
let productId: string;

beforeAll(async () => {
  shop = await makeShop(clock);
  productId = (await shop.product()).id;
});

type Step = { kind: "order"; customer: string } | { kind: "cancel"; nth: number };

/** Which call of a binding fails, and whether before it is carried out or after. */
interface Fault {
  target: number;
  moment: Moment;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("order" as const), customer: fc.constantFrom("ada", "bo", "Bo") }),
  fc.record({ kind: fc.constant("cancel" as const), nth: fc.nat(5) }),
);
const fault = fc.record({
  target: fc.integer({ min: 1, max: 14 }),
  moment: fc.constantFrom<Moment>("before", "after"),
});

/** The uses as they have to be: those of the orders that were acknowledged, less those that came back. */
class Model {
  orders: { id: string; customer: string; holds: boolean }[] = [];

  get held() {
    return this.orders.filter((it) => it.holds);
  }

  canUse(customer: string): boolean {
    const theirs = this.held.filter((it) => it.customer === customer.toLowerCase());
    return this.held.length < MOST && theirs.length < MOST_EACH;
  }
}

/** Makes a call of which something fails on the way, and again whole if nobody was told what became of it. */
async function insist({ target, moment }: Fault, method: string, path: string, body: object): Promise<Answer> {
  // Each crash costs the key what was counted ahead, for ten seconds.
  clock.advance(15_000);
  const init = { headers: { ...shop.headers, "Idempotency-Key": crypto.randomUUID() }, body };
  const answer = await callThrough(failing(target, moment).bindings, method, shop.path + path, init);
  if (answer.status < 500) return answer;
  await abortAllDurableObjects();
  clock.advance(15_000);
  return call(method, shop.path + path, init);
}

describe("the uses of a coupon", () => {
  it("the uses are those of the orders that were acknowledged and not cancelled, whichever call of a binding fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fault), { minLength: 3, maxLength: 9 }), async (steps) => {
        const model = new Model();
        const code = `C${crypto.randomUUID().slice(0, 8)}`;
        const limits = { maxUses: MOST, maxUsesPerCustomer: MOST_EACH };
        const coupon = { code, type: "percentage", value: 10, ...limits };
        const { id } = (await shop.ask("POST", "/coupons", coupon)).body.data;
        for (const [taken, at] of steps) {
          if (taken.kind === "order") {
            const customerEmail = `${taken.customer}@example.com`;
            const body = { customerName: "Bo", customerEmail, items: [{ productId }], couponCode: code };
            const canUse = model.canUse(taken.customer);
            const answer = await insist(at, "POST", "/orders", body);
            expect(answer.status, answer.text).toBe(canUse ? 201 : 409);
            if (canUse)
              model.orders.push({ id: answer.body.data.id, customer: taken.customer.toLowerCase(), holds: true });
          } else {
            const order = model.orders[taken.nth % Math.max(1, model.orders.length)];
            if (!order) continue;
            const answer = await insist(at, "PATCH", `/orders/${order.id}`, { status: "cancelled" });
            expect(answer.status, answer.text).toBe(200);
            order.holds = false;
          }
          const uses = await count("SELECT uses AS n FROM coupons WHERE id = ?1", id);
          const holders = await count("SELECT count(*) AS n FROM orders WHERE coupon_id = ?1", id);
          const orders = await count("SELECT count(*) AS n FROM orders WHERE coupon_code = ?1", code.toUpperCase());
          expect({ uses, holders, orders }).toEqual({
            uses: model.held.length,
            holders: model.held.length,
            orders: model.orders.length,
          });
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

import { abortAllDurableObjects } from "cloudflare:test";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeShop, type Shop } from "../content/shop/world.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { callThrough, failing, type Moment } from "./world.ts";

const SEED = 20261129;
const RUNS = 15;
const clock = new TestClock();
let shop: Shop;

beforeAll(async () => {
  shop = await makeShop(clock);
});

/** What of a product can be asked for: itself, a variant with a stock of its own, one that shares the product's. */
type Wanted = "whole" | "own" | "shared";
type Line = [wanted: Wanted, quantity: number];

/** Which call of a binding fails, and whether before it is carried out or after. */
interface Fault {
  target: number;
  moment: Moment;
}

const wanted = fc.constantFrom<Wanted>("whole", "own", "shared");
const step = fc.oneof(
  fc.record({
    kind: fc.constant("order" as const),
    lines: fc.array(fc.tuple(wanted, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("cancel" as const), nth: fc.nat(5) }),
  fc.record({ kind: fc.constant("adjust" as const), wanted, change: fc.integer({ min: -3, max: 3 }) }),
);
const fault = fc.record({
  target: fc.integer({ min: 1, max: 14 }),
  moment: fc.constantFrom<Moment>("before", "after"),
});

/** The stock as it has to be: what was acknowledged, added up. */
class Model {
  stock = { whole: 6, own: 4 };
  orders: { id: string; lines: Line[] }[] = [];

  static of = (it: Wanted) => (it === "own" ? "own" : "whole");

  /** Whether all of it is there; then it is gone. */
  take(lines: Line[]): boolean {
    const after = { ...this.stock };
    for (const [it, quantity] of lines) after[Model.of(it)] -= quantity;
    if (after.whole < 0 || after.own < 0) return false;
    this.stock = after;
    return true;
  }

  give(lines: Line[]): void {
    for (const [it, quantity] of lines) this.stock[Model.of(it)] += quantity;
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

describe("the stock", () => {
  it("the stock is the sum of what was acknowledged, whichever call of a binding fails in orders, cancellations and changes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fault), { minLength: 3, maxLength: 7 }), async (steps) => {
        const model = new Model();
        const product = await shop.product({
          title: crypto.randomUUID(),
          stock: model.stock.whole,
          variants: [{ title: "Own", stock: model.stock.own }, { title: "Shared" }],
        });
        const [own, shared] = product.variants.map(({ id }: { id: string }) => id);
        const variantOf = { whole: null, own, shared };
        for (const [taken, at] of steps) {
          if (taken.kind === "order") {
            const items = taken.lines.map(([it, quantity]) => ({
              productId: product.id,
              variantId: variantOf[it],
              quantity,
            }));
            const body = { customerName: "Bo", customerEmail: "bo@example.com", items };
            const answer = await insist(at, "POST", "/orders", body);
            expect(answer.status, answer.text).toBe(model.take(taken.lines) ? 201 : 409);
            if (answer.status === 201) model.orders.push({ id: answer.body.data.id, lines: taken.lines });
          } else if (taken.kind === "cancel") {
            const order = model.orders[taken.nth % Math.max(1, model.orders.length)];
            if (!order) continue;
            const answer = await insist(at, "PATCH", `/orders/${order.id}`, { status: "cancelled" });
            expect(answer.status, answer.text).toBe(200);
            model.give(order.lines);
            order.lines = [];
          } else {
            const body = { variantId: variantOf[taken.wanted], change: taken.change };
            const answer = await insist(at, "POST", `/products/${product.id}/stock`, body);
            expect(answer.status, answer.text).toBe(model.take([[taken.wanted, -taken.change]]) ? 200 : 409);
          }
          const { stock, variants } = await shop.stock(product.id);
          expect({ whole: stock, own: variants[0], shared: variants[1] }).toEqual({ ...model.stock, shared: null });
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { cancelOverdue } from "../../../src/content/shop/orders/due.ts";
import type { Env } from "../../../src/env.ts";
import { callThrough, failing, type Moment } from "../../faults/world.ts";
import { TestClock } from "../../support/fixtures.ts";
import { makeProvider, type Provider } from "./payments-world.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
const MINUTE = 60_000;
const STOCK = 40;
let shop: Shop;
let provider: Provider;

/** What happens to a shop, and at which of its calls something we depend on fails; `null` for never. */
interface Deed {
  what: "order" | "pay" | "patch" | "refund" | "restock" | "told refund" | "time out";
  nth: number;
  amount: number;
  status: string;
  fault: { step: number; moment: Moment } | null;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom("order", "order", "pay", "pay", "patch", "refund", "restock", "told refund", "time out"),
  nth: fc.nat(3),
  amount: fc.integer({ min: 1, max: 900 }),
  status: fc.constantFrom("paid", "shipped", "completed", "cancelled", "refunded"),
  fault: fc.option(fc.record({ step: fc.integer({ min: 1, max: 12 }), moment: fc.constantFrom("before", "after") })),
});

interface Ordered {
  id: string;
  total: number;
}

/** What the shop has said it did: money it has acknowledged, by order. */
class Acknowledged {
  readonly orders: Ordered[] = [];
  readonly paid = new Map<string, number>();
  readonly refunded = new Map<string, number>();
}

beforeAll(async () => {
  shop = await makeShop(clock);
  provider = await makeProvider(shop, clock);
});

/** What a run has: a product and a coupon of its own. */
async function stocked() {
  const code = `C${crypto.randomUUID().slice(0, 8)}`.toUpperCase();
  const { id: productId } = await shop.product({ price: 450, stock: STOCK });
  const coupon = (await shop.ask("POST", "/coupons", { code, type: "fixed", value: 50, currency: "EUR" })).body.data;
  return { productId, couponId: coupon.id as string, code };
}

type Stocked = Awaited<ReturnType<typeof stocked>>;

async function happen({ productId, code }: Stocked, said: Acknowledged, { what, nth, amount, status, fault }: Deed) {
  const bindings: Env = fault ? failing(fault.step, fault.moment).bindings : env;
  const send = (method: string, path: string, body: object) =>
    callThrough(bindings, method, shop.path + path, { headers: shop.headers, body });
  clock.advance(MINUTE);
  if (what === "order") {
    const hold = nth === 0 ? { holdUntil: new Date(clock.time + 3 * MINUTE).toISOString() } : {};
    const customer = { customerName: "Bo", customerEmail: "bo@example.com", couponCode: code, ...hold };
    const made = await send("POST", "/orders", { ...customer, items: [{ productId, quantity: nth + 1 }] });
    if (made.status === 201) said.orders.push(made.body.data);
    return;
  }
  if (what === "time out") return cancelOverdue(bindings, clock.time).catch(() => {});
  const order = said.orders[nth % Math.max(1, said.orders.length)];
  if (!order) return;
  const { id, total } = order;
  if (what === "patch") return send("PATCH", `/orders/${id}`, { status });
  if (what === "pay") {
    const data = { orderId: id, amount: nth === 3 ? amount : total, currency: "EUR", reference: `${id}-${nth}` };
    const { body } = await provider.tell("payment.succeeded", data, { bindings });
    if (body?.data?.outcome === "applied") said.paid.set(id, total);
    return;
  }
  if (what === "told refund") {
    const data = { orderId: id, amount, currency: "EUR", reference: `${id}-${amount}` };
    return provider.tell("refund.succeeded", data, { bindings });
  }
  const refunded = await send("POST", `/orders/${id}/refunds`, { amount, restock: what === "restock" });
  if (refunded.status === 201) said.refunded.set(id, (said.refunded.get(id) ?? 0) + amount);
}

interface Sums {
  id: string;
  status: string;
  total: number;
  paid: number;
  refunded: number;
  taken: number;
  applied: number;
  back: number;
}

/** Every order of the run's product with what was recorded of it. */
async function sums({ productId }: Stocked): Promise<Sums[]> {
  const of = (kind: string) =>
    `(SELECT coalesce(sum(amount), 0) FROM payments WHERE order_id = orders.id AND kind = '${kind}' AND outcome = 'applied')`;
  const { results } = await env.DB.prepare(
    `SELECT id, status, total, paid_amount AS paid, refunded_amount AS refunded, items ->> '$[0].taken' AS taken,
      ${of("payment")} AS applied, ${of("refund")} AS back FROM orders WHERE items ->> '$[0].productId' = ?1`,
  )
    .bind(productId)
    .all<Sums>();
  return results;
}

describe("the way of orders", () => {
  it("stock, coupons and money are what was acknowledged, whatever happens in whichever order and breaks off wherever", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 24 }), async (deeds) => {
        const run = await stocked();
        const said = new Acknowledged();
        for (const it of deeds) await happen(run, said, it);
        const orders = await sums(run);
        for (const { id, status, total, paid, refunded, applied, back, taken } of orders) {
          expect({ id, paid, refunded }).toEqual({ id, paid: applied, refunded: back });
          expect([0, total]).toContain(paid);
          expect(refunded).toBeLessThanOrEqual(paid);
          expect(paid).toBeGreaterThanOrEqual(said.paid.get(id) ?? 0);
          expect(refunded).toBeGreaterThanOrEqual(said.refunded.get(id) ?? 0);
          if (status === "cancelled") expect(taken).toBe(0);
          if (status === "refunded") expect(refunded).toBe(paid);
        }
        expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining(said.orders.map(({ id }) => id)));
        const held = orders.reduce((sum, { taken }) => sum + taken, 0);
        expect(await shop.stock(run.productId)).toMatchObject({ stock: STOCK - held });
        const wasCancelled = await env.DB.prepare(
          `SELECT count(DISTINCT json_extract(data, '$.id')) AS n FROM events
            WHERE site_id = ?1 AND type = 'order.cancelled' AND data ->> '$.items[0].productId' = ?2`,
        )
          .bind(shop.siteId, run.productId)
          .first<number>("n");
        const { uses } = (await shop.ask("GET", `/coupons/${run.couponId}`)).body.data;
        expect(uses).toBe(orders.length - (wasCancelled ?? 0));
      }),
      { numRuns: 25, seed: 20_261_129 },
    );
  });
});

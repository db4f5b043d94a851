import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { keptOf, LOYALTY_FOLLOWER } from "../../../src/content/loyalty/orders/follower.ts";
import { type OrderRow, orders } from "../../../src/content/shop/orders/table.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const DAY = 86_400_000;
const clock = new TestClock();
let at: TestSite;
let productId: string;

beforeEach(async () => {
  at = await makeSite(clock);
  productId = (await at.site.create("/shop/products", { title: "Loaf", price: 1_250 })).id;
});

const rule = (body: object = {}) => at.site.create("/loyalty/rules", { currency: "EUR", points: 10, ...body });
const member = () => at.site.create("/loyalty/members", { email: "ada@example.com" });

/** An order of two loaves, which come to € 25.00: 250 points by the rule. */
async function order(): Promise<OrderRow> {
  const body = { customerName: "Ada Baker", customerEmail: "Ada@Example.com", items: [{ productId, quantity: 2 }] };
  const { id } = await at.site.create("/shop/orders", body);
  const [row] = await at.workspace.context().db.select().from(orders).where(eq(orders.id, id));
  return row as OrderRow;
}

/** Has loyalty follow a step of the order, as it is after it. */
async function step(name: keyof typeof LOYALTY_FOLLOWER, row: OrderRow, changes: Partial<OrderRow> = {}) {
  clock.advance(1_000);
  const ctx = at.workspace.context();
  await LOYALTY_FOLLOWER[name]?.(ctx, { ...row, ...changes }, 0);
  await ctx.unit.commit();
}

const points = async () => {
  const [found] = (await at.site.get("/loyalty/members?email=ada@example.com")).body.data;
  return found && [found.points, found.pendingPoints, found.lifetimePoints];
};
const statement = async () => {
  const [{ id }] = (await at.site.get("/loyalty/members?email=ada@example.com")).body.data;
  return (await at.site.get(`/loyalty/members/${id}/entries?direction=asc`)).body.data;
};

describe("a paid order", () => {
  it("earns its member points for what the items came to, less the discount, once", async () => {
    await rule();
    await member();
    const row = await order();
    await step("paid", row, { discount: 1, shipping: 5_000, total: 7_499 });
    await step("paid", row, { discount: 1 });
    expect(await points()).toEqual([240, 0, 240]);
    expect(await statement()).toMatchObject([{ kind: "earn", orderId: row.id, description: `Order ${row.number}` }]);
  });

  it("earns nothing without a rule that is applied, or a member", async () => {
    await step("paid", await order());
    expect(await points()).toBeUndefined();
    await rule({ active: false });
    await member();
    await step("paid", await order());
    expect(await points()).toEqual([0, 0, 0]);
  });

  it("makes its customer a member where the rule says so", async () => {
    await rule({ enrols: true });
    await step("paid", await order());
    await step("paid", await order());
    expect(await points()).toEqual([500, 0, 500]);
    expect((await at.site.get("/loyalty/members")).body.data).toMatchObject([
      { email: "ada@example.com", name: "Ada Baker" },
    ]);
  });

  it("has points that wait for its completion, and from then on for the days of the rule", async () => {
    await rule({ activation: "completion", activeAfterDays: 2, expiresAfterMonths: 1 });
    await member();
    const row = await order();
    await step("paid", row);
    clock.advance(30 * DAY);
    expect(await points()).toEqual([0, 250, 250]);
    await step("completed", row);
    expect(await points()).toEqual([0, 250, 250]);
    clock.advance(2 * DAY);
    expect(await points()).toEqual([250, 0, 250]);
    await step("completed", row);
    clock.advance(31 * DAY);
    expect(await points()).toEqual([0, 0, 250]);
  });
});

describe("a shop's orders", () => {
  it("give points when they are paid, and take them with the money, by the calls that do so", async () => {
    await rule({ enrols: true });
    const { id } = await order();
    expect((await at.site.patch(`/shop/orders/${id}`, { status: "paid" })).status).toBe(200);
    expect(await points()).toEqual([250, 0, 250]);
    expect((await at.site.patch(`/shop/orders/${id}`, { status: "cancelled" })).status).toBe(200);
    expect(await points()).toEqual([0, 0, 0]);
    const other = (await order()).id;
    await at.site.patch(`/shop/orders/${other}`, { status: "paid" });
    const refund = await at.site.post(`/shop/orders/${other}/refunds`, { amount: 1_250 });
    expect([refund.status, await points()]).toEqual([201, [125, 0, 125]]);
    await at.site.patch(`/shop/orders/${other}`, { status: "refunded" });
    expect(await points()).toEqual([0, 0, 0]);
  });
});

describe("an order that is refunded", () => {
  it("takes its points back in proportion, whatever it is refunded in", async () => {
    await rule();
    await member();
    const row = await order();
    await step("paid", row);
    await step("refunded", row, { refundedAmount: 833 });
    expect(await points()).toEqual([166, 0, 166]);
    await step("refunded", row, { refundedAmount: 1_666 });
    expect(await points()).toEqual([83, 0, 83]);
    await step("refunded", row, { refundedAmount: 2_500 });
    expect(await points()).toEqual([0, 0, 0]);
    const entries = await statement();
    expect(entries.map((it: { points: number }) => it.points)).toEqual([250, -84, -83, -83]);
    expect(new Set(entries.slice(1).map((it: { firstEntryId: string }) => it.firstEntryId))).toEqual(
      new Set([entries[0].id]),
    );
  });

  it("is not refunded points twice when it is cancelled", async () => {
    await rule();
    await member();
    const row = await order();
    await step("paid", row);
    await step("cancelled", row, { status: "cancelled" });
    await step("refunded", row, { status: "cancelled", refundedAmount: 2_500 });
    await step("refunded", row, { status: "refunded", refundedAmount: 2_500 });
    expect(await points()).toEqual([0, 0, 0]);
    expect(await statement()).toHaveLength(2);
  });

  it("takes what is there when its points were spent, and notes what is missing", async () => {
    await rule();
    const { id: memberId } = await member();
    const row = await order();
    await step("paid", row);
    await at.site.create("/loyalty/adjust", { memberId, points: -200, description: "Spent" });
    await step("cancelled", row, { status: "cancelled" });
    expect(await points()).toEqual([0, 0, 0]);
    expect((await statement()).at(-1)).toMatchObject({ kind: "reverse", points: -50, shortfall: 200, balanceAfter: 0 });
    await step("cancelled", row, { status: "cancelled" });
    expect(await statement()).toHaveLength(3);
  });

  it("takes back points that wait for its completion", async () => {
    await rule({ activation: "completion" });
    await member();
    const row = await order();
    await step("paid", row);
    await step("refunded", row, { refundedAmount: 1_250 });
    expect(await points()).toEqual([0, 125, 125]);
    await step("completed", row, { refundedAmount: 1_250 });
    expect(await points()).toEqual([125, 0, 125]);
  });

  it("keeps points in proportion, rounded down, and none of nothing", () => {
    const amounts = fc.tuple(
      fc.nat(1_000_000_000),
      fc.integer({ min: 1, max: 10_000_000_000 }),
      fc.nat(100),
      fc.nat(100),
    );
    fc.assert(
      fc.property(amounts, ([points, total, a, b]) => {
        const [less, more] = [a, b].sort((x, y) => x - y).map((part) => Math.floor((total * part) / 100)) as [
          number,
          number,
        ];
        expect(keptOf(points, total, 0)).toBe(points);
        expect(keptOf(points, total, total)).toBe(0);
        expect(keptOf(points, total, more)).toBeLessThanOrEqual(keptOf(points, total, less));
      }),
    );
  });
});

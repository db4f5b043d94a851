import { and, eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderFollower } from "../../shop/orders/followers.ts";
import type { OrderRow } from "../../shop/orders/table.ts";
import { leftOf, takeBack } from "../ledger/back.ts";
import { activate } from "../ledger/activate.ts";
import { type EntryRow, entries } from "../ledger/table.ts";
import { enter, entryNow } from "../ledger/write.ts";
import { collectorOf } from "../members/collector.ts";
import { lifeOf, pointsOf, ruleFor } from "../rules/earning.ts";

/** What an order has earned, if anything. */
async function earnedFor(ctx: Ctx, { id, siteId }: OrderRow): Promise<EntryRow | undefined> {
  const isIt = and(eq(entries.siteId, siteId), eq(entries.orderId, id), eq(entries.kind, "earn"));
  const [row] = await ctx.db
    .select()
    .from(entries)
    .where(scoped(ctx, entries, isIt));
  return row && entryNow(row, ctx.now);
}

/** Points for what the items came to, less the discount: neither shipping nor tax that was added earns any. */
async function paid(ctx: Ctx, order: OrderRow): Promise<void> {
  const rule = await ruleFor(ctx, order.siteId, order.currency);
  const points = rule ? pointsOf(rule, order.subtotal - order.discount) : 0;
  if (!rule || points === 0 || (await earnedFor(ctx, order))) return;
  const { siteId, customerName: name, customerEmail: email } = order;
  const collector = await collectorOf(ctx, { siteId, name, email }, rule);
  if (!collector) return;
  const { activation, activeAfterDays, expiresAfterMonths } = rule;
  const terms = { activeAfterDays, expiresAfterMonths };
  const life = activation === "payment" ? lifeOf(terms, ctx.now) : { activeAt: null, expiresAt: null, terms };
  const description = `Order ${order.number}`;
  enter(ctx, collector, { kind: "earn", points, lifetime: points, description, orderId: order.id, ...life });
}

/** What an order that has lost so much of its total has earned: in proportion, rounded down. */
export const keptOf = (points: number, total: number, refunded: number): number =>
  refunded >= total ? 0 : Number((BigInt(points) * BigInt(total - refunded)) / BigInt(total));

/** Takes points of an order back until so many are kept; what was spent meanwhile is noted as missing. */
async function keep(ctx: Ctx, order: OrderRow, kept: (points: number) => number): Promise<void> {
  const first = await earnedFor(ctx, order);
  if (!first) return;
  const points = Math.min(leftOf(first), first.points - kept(first.points) - first.reversed);
  if (points > 0) await takeBack(ctx, first, { points, description: `Order ${order.number}, reversed`, orElse: null });
}

/** Points follow the orders of a shop: earned when they are paid, active with their completion, reversed with the money. */
export const LOYALTY_FOLLOWER: OrderFollower = {
  paid,
  cancelled: (ctx, order) => keep(ctx, order, () => 0),
  async refunded(ctx, order) {
    // A cancelled order has lost them all, maybe in this very commit.
    if (order.status === "cancelled") return;
    await keep(ctx, order, (points) => keptOf(points, order.total, order.refundedAmount));
  },
  async completed(ctx, order) {
    const first = await earnedFor(ctx, order);
    if (first) await activate(ctx, first);
  },
};

import { eq, sql } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { orderNumbers, orders } from "./table.ts";

/**
 * Draws the number of a site's next order, after the highest there is. Each is drawn once, so that many orders at a time do
 * not wait for one another; one that comes to nothing leaves a gap.
 */
export async function drawNumber(ctx: Ctx, siteId: string): Promise<number> {
  const highest = sql`(SELECT coalesce(max(${orders.number}), 0) FROM ${orders} WHERE ${eq(orders.siteId, siteId)})`;
  const [drawn] = await ctx.db
    .insert(orderNumbers)
    .values({ siteId, ...ownedBy(ctx), last: sql`${highest} + 1` })
    .onConflictDoUpdate({ target: orderNumbers.siteId, set: { last: sql`max(${orderNumbers.last}, ${highest}) + 1` } })
    .returning({ number: orderNumbers.last });
  // An import may bring an order of this number meanwhile.
  ctx.unit.onDuplicate([orders.siteId, orders.number], new ConcurrentChange());
  return (drawn as { number: number }).number;
}

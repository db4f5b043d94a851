import { eq } from "drizzle-orm";
import { ownedBy, scoped } from "../core/storage/scoped.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import type { Ctx } from "../core/work/context.ts";
import { zoned, zoneOf } from "../core/zoned.ts";
import { analyticsOf } from "./object/client.ts";
import { orderOrigins } from "./table.ts";
import { visitorOf } from "./visitor.ts";

/** Where a visit came from, by dimension. */
export type OrderOrigin = Record<string, string>;

/**
 * Where the visit came from in which a visitor orders something; `null` where none is known, as of those who are not tracked.
 * It never fails: that figures cannot be had is no reason to refuse an order.
 */
export async function orderOriginOf(
  ctx: Ctx,
  { siteId, userAgent }: { siteId: string; userAgent: string },
): Promise<OrderOrigin | null> {
  try {
    const isIt = scoped(ctx, sites, eq(sites.id, siteId));
    const [site] = await ctx.db.select({ settings: sites.settings }).from(sites).where(isIt);
    const { date: day } = (await zoned()).localOf(zoneOf(site?.settings ?? {}), ctx.now);
    const visitor = await visitorOf(ctx.db, { siteId, ip: ctx.ip, userAgent, day });
    return (await analyticsOf(ctx.env, siteId).originOf(day, visitor)) as OrderOrigin | null;
  } catch {
    return null;
  }
}

/** Stages where the visit before an order came from. Nothing else of the visit, and nothing that names it, is kept with it. */
export function stageOrigin(
  ctx: Ctx,
  { siteId, orderId, origin }: { siteId: string; orderId: string; origin: OrderOrigin },
): void {
  ctx.unit.stage(ctx.db.insert(orderOrigins).values({ ...ownedBy(ctx), siteId, orderId, origin }));
}

import { and, eq, gt, inArray, ne, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { DeniedUntil } from "../../../core/errors.ts";
import { deployments } from "../table.ts";

/** One publish per site in five minutes, whichever key asks (document 000, docs/contract.md §2). */
export const COOLDOWN_MS = 5 * 60_000;

/** Publishes of the site that still count against its cooldown. */
const recent = (ctx: Ctx, siteId: string) =>
  and(
    eq(deployments.siteId, siteId),
    inArray(deployments.status, ["completed", "dry_run"]),
    gt(deployments.publishedAt, ctx.now - COOLDOWN_MS),
  );

/**
 * When the site's cooldown ends; `null` when there is none. The deployments are the record of it, so a publish that
 * fails has not used it up, and two that race are settled by the guard in their commits.
 */
export async function cooldownEnd(ctx: Ctx, siteId: string): Promise<number | null> {
  const [last] = await ctx.db
    .select({ publishedAt: sql<number | null>`max(${deployments.publishedAt})` })
    .from(deployments)
    .where(recent(ctx, siteId));
  return last?.publishedAt ? last.publishedAt + COOLDOWN_MS : null;
}

/** The commit fails if the site has been published in the last five minutes, or another publish of it is being built. */
export function requireTurn(ctx: Ctx, siteId: string, deploymentId: string): void {
  const isBuilding = and(eq(deployments.siteId, siteId), eq(deployments.status, "building"));
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${deployments} WHERE ${recent(ctx, siteId)})`);
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${deployments} WHERE ${and(isBuilding, ne(deployments.id, deploymentId))})`,
  );
}

/** The answer to a publish before the cooldown has ended. */
export function cooldownError(end: number, now: number): DeniedUntil {
  const limit = {
    name: "publish_cooldown",
    scope: "site" as const,
    limit: 1,
    remaining: 0,
    resetSeconds: Math.max(1, Math.ceil((end - now) / 1000)),
    windowSeconds: COOLDOWN_MS / 1000,
  };
  return new DeniedUntil("This website was published less than 5 minutes ago.", limit, end);
}

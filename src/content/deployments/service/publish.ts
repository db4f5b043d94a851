import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { ConcurrentChange, DomainError } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { toSite } from "../../sites/contract.ts";
import { findSite } from "../../sites/service.ts";
import { sites } from "../../sites/table.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { forgetPointers } from "../live.ts";
import { deployments } from "../table.ts";
import { changesSince, stageFreeze, unknownBlocks } from "./freeze.ts";
import { scheduledDeployment, stageScheduled } from "./schedule.ts";

/** One publish per site in five minutes, whichever key asks (documents 000 and CONTRACT §2). */
export const COOLDOWN_MS = 5 * 60_000;

type SiteRow = typeof sites.$inferSelect;
type DeploymentRow = typeof deployments.$inferSelect;

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

function cooldownError(endsInMs: number): DomainError {
  const seconds = Math.max(1, Math.ceil(endsInMs / 1000));
  const limit = {
    name: "publish_cooldown",
    scope: "site" as const,
    limit: 1,
    remaining: 0,
    resetSeconds: seconds,
    windowSeconds: COOLDOWN_MS / 1000,
  };
  return new DomainError("rate_limited", "This website was published less than 5 minutes ago.", {
    limit,
    retryAfterSeconds: seconds,
  });
}

/** Publishes the site's published pages, or queues that; in the sandbox only tells what would change. */
export async function publishSite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; ifCooldown: "fail" | "queue" };
}): Promise<Deployment> {
  const { siteId, ifCooldown } = input;
  const site = await findSite(ctx, siteId);
  const end = await cooldownEnd(ctx, siteId);
  if (end === null) return completeDeployment(ctx, site, null);
  if (ifCooldown === "fail") throw cooldownError(end - ctx.now);
  return (await scheduledDeployment(ctx, site)) ?? stageScheduled(ctx, site, end);
}

/** Stages a deployment of what is there now; `scheduled` is the queued one it completes. */
export async function completeDeployment(
  ctx: Ctx,
  site: SiteRow,
  scheduled: DeploymentRow | null,
): Promise<Deployment> {
  const { rev, last, live } = await deploymentState(ctx, site);
  const [{ pageCount, changes }, warnings] = await Promise.all([
    changesSince(ctx, site.id, live),
    unknownBlocks(ctx, site.id),
  ]);
  const isDryRun = ctx.caller.environment === "sandbox";
  const row: DeploymentRow = {
    id: scheduled?.id ?? newId("dep", ctx.now),
    ...ownedBy(ctx),
    siteId: site.id,
    number: isDryRun ? null : last + 1,
    status: isDryRun ? "dry_run" : "completed",
    pageCount,
    changes,
    warnings,
    site: isDryRun ? null : toSite(site),
    actor: scheduled?.actor ?? ctx.caller.actor,
    createdAt: scheduled?.createdAt ?? ctx.now,
    scheduledAt: scheduled?.scheduledAt ?? null,
    publishedAt: ctx.now,
  };
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${deployments} WHERE ${recent(ctx, site.id)})`);
  ctx.unit.require(sql`${REVISION(site.id)} = ${rev}`);
  stageRow(ctx, row, scheduled !== null);
  if (!isDryRun) {
    ctx.unit.onDuplicate("deployments.site_id, deployments.number", new ConcurrentChange());
    stageFreeze(ctx, site.id, last + 1);
    stageLive(ctx, site, row.id, "site.published");
  }
  ctx.unit.audit(isDryRun ? "site.publish_dry_run" : "site.published", {
    type: "site",
    id: site.id,
    after: { deploymentId: row.id },
  });
  return toDeployment(row, isDryRun ? site.liveDeploymentId : row.id);
}

/** Counts every change to the site's pages (kept by triggers). */
const REVISION = (siteId: string) =>
  sql`coalesce((SELECT n FROM collection_counts WHERE scope = ${siteId} AND name = 'pages:rev'), 0)`;

async function deploymentState(ctx: Ctx, site: SiteRow): Promise<{ rev: number; last: number; live: number }> {
  const [state] = await ctx.db.all<{ rev: number; last: number; live: number }>(sql`SELECT ${REVISION(site.id)} AS rev,
    coalesce((SELECT max(number) FROM deployments WHERE site_id = ${site.id}), 0) AS last,
    coalesce((SELECT number FROM deployments WHERE id = ${site.liveDeploymentId}), 0) AS live`);
  return state as { rev: number; last: number; live: number };
}

function stageRow(ctx: Ctx, row: DeploymentRow, wasScheduled: boolean): void {
  if (!wasScheduled) {
    ctx.unit.stage(ctx.db.insert(deployments).values(row));
    return;
  }
  const isStillScheduled = and(eq(deployments.id, row.id), eq(deployments.status, "scheduled"));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${deployments} WHERE ${isStillScheduled})`);
  ctx.unit.stage(
    ctx.db
      .update(deployments)
      .set(row)
      .where(scoped(ctx, deployments, eq(deployments.id, row.id))),
  );
}

/** Flips the site's live pointer. */
export function stageLive(
  ctx: Ctx,
  site: SiteRow,
  deploymentId: string,
  event: "site.published" | "site.rolled_back",
): void {
  const changes = {
    liveDeploymentId: deploymentId,
    status: "published" as const,
    publishedAt: ctx.now,
    updatedAt: ctx.now,
    version: site.version + 1,
  };
  ctx.unit.require(
    sql`EXISTS (SELECT 1 FROM ${sites} WHERE ${and(eq(sites.id, site.id), eq(sites.version, site.version))})`,
  );
  ctx.unit.stage(
    ctx.db
      .update(sites)
      .set(changes)
      .where(scoped(ctx, sites, eq(sites.id, site.id))),
  );
  ctx.unit.emit(event, toSite({ ...site, ...changes }), site.id);
  ctx.unit.onCommit({ before: async () => {}, after: async () => forgetPointers(site.id) });
}

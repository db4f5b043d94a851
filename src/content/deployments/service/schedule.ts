import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { conflict } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { SiteRow } from "../../sites/service.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { deployments } from "../table.ts";
import { type DeploymentIds, findDeployment } from "./read.ts";
import { type DeploymentRow, findByStatus, isAsBefore, newDeployment, stageDeployment } from "./row.ts";

/**
 * Queues a publish for `at`, of all of the site or of these pages; the scheduler's alarm and, should that be lost, the
 * cron carry it out. One that waits already is joined, and publishes what both want.
 */
export async function schedulePublish(
  ctx: Ctx,
  site: SiteRow,
  at: number,
  onlyPages: string[] | null,
): Promise<Deployment> {
  const waiting = await findByStatus(ctx, site.id, "scheduled");
  if (waiting) {
    const both = onlyPages && waiting.onlyPages && [...new Set([...waiting.onlyPages, ...onlyPages])];
    const joined = { ...waiting, onlyPages: both };
    if (waiting.onlyPages === null) ctx.unit.require(isAsBefore(waiting));
    else stageDeployment(ctx, joined, waiting);
    return toDeployment(joined, site.liveDeploymentId);
  }
  const isWaiting = and(eq(deployments.siteId, site.id), eq(deployments.status, "scheduled"));
  const row = newDeployment(ctx, site.id, "scheduled", { scheduledAt: at, onlyPages });
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${deployments} WHERE ${isWaiting})`);
  stageDeployment(ctx, row, null);
  ctx.unit.audit("site.publish_queued", { type: "site", id: site.id, after: { deploymentId: row.id } });
  wakeAt(ctx, at);
  return toDeployment(row, site.liveDeploymentId);
}

/** Calls off a publish that waits or is being built. */
export async function cancelDeployment({ ctx, input }: { ctx: Ctx; input: DeploymentIds }): Promise<Deployment> {
  const { site, row } = await findDeployment(ctx, input);
  if (row.status !== "scheduled" && row.status !== "building") {
    throw conflict("status", "Only a publish that is queued or under way can be cancelled.");
  }
  return toDeployment(stageCancelled(ctx, row), site.liveDeploymentId);
}

/** Stages that a publish is called off. */
export function stageCancelled(ctx: Ctx, row: DeploymentRow): DeploymentRow {
  const cancelled = { ...row, status: "cancelled" as const };
  stageDeployment(ctx, cancelled, row);
  ctx.unit.audit("site.publish_cancelled", { type: "site", id: row.siteId, after: { deploymentId: row.id } });
  return cancelled;
}

import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { ConcurrentChange, conflict } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { schedulerOf } from "../../../core/scheduler.ts";
import type { sites } from "../../sites/table.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { deployments } from "../table.ts";
import { type DeploymentIds, findDeployment } from "./read.ts";

type SiteRow = typeof sites.$inferSelect;

const waiting = (siteId: string) => and(eq(deployments.siteId, siteId), eq(deployments.status, "scheduled"));

/** The publish already queued for the site: a second request joins it. */
export async function scheduledDeployment(ctx: Ctx, site: SiteRow): Promise<Deployment | null> {
  const [row] = await ctx.db
    .select()
    .from(deployments)
    .where(scoped(ctx, deployments, waiting(site.id)));
  return row ? toDeployment(row, site.liveDeploymentId) : null;
}

/** Queues a publish for `at`; the scheduler's alarm and, should that be lost, the cron carry it out. */
export function stageScheduled(ctx: Ctx, site: SiteRow, at: number): Deployment {
  const row = {
    id: newId("dep", ctx.now),
    ...ownedBy(ctx),
    siteId: site.id,
    number: null,
    status: "scheduled" as const,
    pageCount: null,
    changes: null,
    warnings: null,
    site: null,
    actor: ctx.caller.actor,
    createdAt: ctx.now,
    scheduledAt: at,
    publishedAt: null,
  };
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${deployments} WHERE ${waiting(site.id)})`);
  ctx.unit.stage(ctx.db.insert(deployments).values(row));
  ctx.unit.audit("site.publish_queued", { type: "site", id: site.id, after: { deploymentId: row.id } });
  wakeAt(ctx, at);
  return toDeployment(row, site.liveDeploymentId);
}

/** Asks to be woken once the commit is done. The cron looks every minute as well, so a lost call only costs time. */
export function wakeAt(ctx: Ctx, at: number): void {
  const { workspaceId, environment } = ctx.caller;
  ctx.unit.onCommit({
    before: async () => {},
    after: () =>
      schedulerOf(ctx.env, workspaceId, environment)
        .wakeAt(at)
        .catch(() => {}),
  });
}

/** Calls off a queued publish. */
export async function cancelDeployment({ ctx, input }: { ctx: Ctx; input: DeploymentIds }): Promise<Deployment> {
  const { site, row } = await findDeployment(ctx, input);
  if (row.status !== "scheduled") throw conflict("status", "Only a queued publish can be cancelled.");
  const isWaiting = and(eq(deployments.id, row.id), eq(deployments.status, "scheduled"));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${deployments} WHERE ${isWaiting})`, new ConcurrentChange());
  ctx.unit.stage(
    ctx.db
      .update(deployments)
      .set({ status: "cancelled" })
      .where(scoped(ctx, deployments, eq(deployments.id, row.id))),
  );
  ctx.unit.audit("site.publish_cancelled", { type: "site", id: site.id, after: { deploymentId: row.id } });
  return toDeployment({ ...row, status: "cancelled" }, site.liveDeploymentId);
}

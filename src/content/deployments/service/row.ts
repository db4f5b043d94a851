import { eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { type DeploymentStatus, deployments } from "../table.ts";

export type DeploymentRow = typeof deployments.$inferSelect;

/** A deployment that is not stored yet. */
export const newDeployment = (
  ctx: Ctx,
  siteId: string,
  status: DeploymentStatus,
  fields: Partial<DeploymentRow> = {},
): DeploymentRow => ({
  id: newId("dep", ctx.now),
  ...ownedBy(ctx),
  siteId,
  number: null,
  status,
  pageCount: null,
  changes: null,
  warnings: null,
  onlyPages: null,
  progress: null,
  site: null,
  actor: ctx.caller.actor,
  createdAt: ctx.now,
  scheduledAt: null,
  publishedAt: null,
  ...fields,
});

/** Holds at commit while the deployment is of the same status, and about the same pages. */
export const isAsBefore = ({ id, status, onlyPages }: DeploymentRow): SQL => {
  const pages = onlyPages && JSON.stringify(onlyPages);
  return sql`EXISTS (SELECT 1 FROM ${deployments} WHERE ${deployments.id} = ${id} AND ${deployments.status} = ${status}
    AND ${deployments.onlyPages} IS ${pages})`;
};

/** Stages a new deployment, or what has become of `before`, should it still be so when the commit runs. */
export function stageDeployment(ctx: Ctx, row: DeploymentRow, before: DeploymentRow | null): void {
  if (before === null) {
    ctx.unit.stage(ctx.db.insert(deployments).values(row));
    return;
  }
  ctx.unit.require(isAsBefore(before));
  ctx.unit.stage(
    ctx.db
      .update(deployments)
      .set(row)
      .where(scoped(ctx, deployments, eq(deployments.id, row.id))),
  );
}

/** The site's deployment of this status; there is one at most. */
export async function findByStatus(
  ctx: Ctx,
  siteId: string,
  status: "scheduled" | "building",
): Promise<DeploymentRow | null> {
  const [row] = await ctx.db
    .select()
    .from(deployments)
    .where(scoped(ctx, deployments, eq(deployments.siteId, siteId), eq(deployments.status, status)));
  return row ?? null;
}

/** Stages that the publishes of a site which wait, or are being built, are called off. */
export function stageCallOff(ctx: Ctx, siteId: string): void {
  const isWaiting = sql`${deployments.siteId} = ${siteId} AND ${deployments.status} IN ('scheduled', 'building')`;
  ctx.unit.stage(
    ctx.db
      .update(deployments)
      .set({ status: "cancelled" })
      .where(scoped(ctx, deployments, isWaiting)),
  );
}

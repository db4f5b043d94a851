import type { Ctx } from "../../../core/work/context.ts";
import { count, eq } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { SiteRow } from "../../sites/service.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import type { Selection } from "../documents.ts";
import { completeDeployment, deploymentState, type State } from "./complete.ts";
import { requireTurn } from "./cooldown.ts";
import { countPending, renderPending } from "./render.ts";
import { type DeploymentRow, stageDeployment } from "./row.ts";
import { renders } from "../table.ts";

/** Documents rendered while the caller waits; a publish of more goes on in the background. */
const INLINE_DOCUMENTS = 100;

/** Documents rendered in one run of the background. */
const STEP_DOCUMENTS = 250;

/** A publish that has not come further for this long is given up. */
const STALLED_MS = 60 * 60_000;

const selectionOf = ({ siteId, onlyPages }: DeploymentRow): Selection => ({ siteId, only: onlyPages });

/**
 * Renders until nothing is left to render, or `limit` is reached. The state is read just before that is seen, not before
 * the rendering: who publishes a site that others are writing to has only the last moment to lose a race in.
 */
async function renderAll(
  ctx: Ctx,
  site: SiteRow,
  row: DeploymentRow,
  limit: number,
): Promise<{ state: State; isAll: boolean }> {
  for (let rendered = 0; ; ) {
    const state = await deploymentState(ctx, site);
    const done = await renderPending(ctx, selectionOf(row), row.id, limit - rendered);
    rendered += done;
    if (done === 0 || rendered >= limit) return { state, isAll: done === 0 };
  }
}

/** Publishes at once what is little, and begins to build what is much; `before` is the row as it is stored. */
export async function startDeployment(
  ctx: Ctx,
  site: SiteRow,
  row: DeploymentRow,
  before: DeploymentRow | null,
): Promise<Deployment> {
  if (ctx.caller.environment === "sandbox") {
    return completeDeployment(ctx, site, row, before, await deploymentState(ctx, site));
  }
  const total = await countPending(ctx, selectionOf(row), row.id);
  if (total <= INLINE_DOCUMENTS) {
    const { state, isAll } = await renderAll(ctx, site, row, 10 * INLINE_DOCUMENTS);
    // Its authors write faster than it is rendered.
    if (!isAll) throw new ConcurrentChange();
    return completeDeployment(ctx, site, row, before, state);
  }
  const building: DeploymentRow = { ...row, status: "building", progress: { rendered: 0, total, at: ctx.now } };
  requireTurn(ctx, site.id, row.id);
  stageDeployment(ctx, building, before);
  ctx.unit.audit("site.publish_started", { type: "site", id: site.id, after: { deploymentId: row.id } });
  wakeAt(ctx, ctx.now);
  return toDeployment(building, site.liveDeploymentId);
}

/** Goes on building a deployment: renders the next documents, and makes it live when there are none left. */
export async function continueBuilding(ctx: Ctx, site: SiteRow, row: DeploymentRow): Promise<void> {
  const before = row.progress ?? { rendered: 0, total: 0, at: row.createdAt };
  if (ctx.now - before.at > STALLED_MS) {
    stageDeployment(ctx, { ...row, status: "failed" }, row);
    ctx.unit.audit("site.publish_failed", { type: "site", id: site.id, after: { deploymentId: row.id } });
    return;
  }
  const { state, isAll } = await renderAll(ctx, site, row, STEP_DOCUMENTS);
  if (isAll) {
    await completeDeployment(ctx, site, row, row, state);
    return;
  }
  const [done] = await ctx.db.select({ n: count() }).from(renders).where(eq(renders.deploymentId, row.id));
  const rendered = done?.n ?? 0;
  const progress = { rendered, total: Math.max(before.total, rendered), at: ctx.now };
  stageDeployment(ctx, { ...row, progress }, row);
}

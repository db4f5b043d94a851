import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { requireAllSites } from "../../core/access/all-sites.ts";
import { notFound } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { mayFetch } from "../../content/archive/rights.ts";
import { type JobRow, jobs } from "../../content/jobs/table.ts";
import { planOf } from "../../core/limits/plans.ts";
import { requireApiAccess } from "../api-keys/service/settings.ts";
import { integerId } from "../replies.ts";
import { findWorkspace } from "../workspaces/service/find.ts";

/** The context in the workspace of the path: the one the call acts in, or another that the key reaches. */
export async function inWorkspace(ctx: Ctx, { workspaceId }: { workspaceId: string }): Promise<Ctx> {
  const { id, name, slug, tier } = await findWorkspace(ctx, integerId(workspaceId, "Workspace"));
  if (id === ctx.caller.workspaceId) return ctx;
  requireApiAccess(planOf(tier).apiAccess, ctx.env.UPGRADE_URL);
  return { ...ctx, caller: { ...ctx.caller, workspaceId: id, workspace: { id, name, slug, tier } } };
}

/** Keys limited to certain sites have no say over a whole workspace. */
export const requireWholeWorkspace = async (ctx: Ctx): Promise<void> =>
  requireAllSites(ctx, "import into a workspace, or empty one");

type Selected = { kinds: string[]; siteIds: string[] | null };

/** Exports looked through for the newest that the key may see. */
const NEWEST = 20;

/** The newest export that the caller may read all of; `null` when there is none. */
export async function newestExport(ctx: Ctx): Promise<JobRow | null> {
  const rows = await ctx.db
    .select()
    .from(jobs)
    .where(scoped(ctx, jobs, isNull(jobs.siteId), eq(jobs.kind, "export")))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(NEWEST);
  return rows.find((row) => mayFetch(ctx.caller, row.input as Selected)) ?? null;
}

/** A job of the whole workspace that the caller may see; throws `not_found`. */
export async function findWorkspaceJob(ctx: Ctx, jobId: string): Promise<JobRow> {
  const isOne = and(eq(jobs.id, jobId), isNull(jobs.siteId), inArray(jobs.kind, ["export", "import", "sandbox_reset"]));
  const [row] = await ctx.db
    .select()
    .from(jobs)
    .where(scoped(ctx, jobs, isOne));
  const isSeen = row && (row.kind !== "export" || mayFetch(ctx.caller, row.input as Selected));
  if (!isSeen) throw notFound("Job");
  return row;
}

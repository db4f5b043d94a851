import { eq, isNull } from "drizzle-orm";
import { requireAccessType, requireScope } from "../../../core/access/authorise.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { findSite } from "../../sites/service.ts";
import { type Job, toJob } from "../contract.ts";
import { findKind } from "../kind.ts";
import { type JobRow, jobs } from "../table.ts";

/** A job, of a website or, with `siteId` null, of the whole workspace. */
export interface JobId {
  siteId: string | null;
  jobId: string;
}

async function lookUp(ctx: Ctx, { siteId, jobId }: JobId): Promise<JobRow | null> {
  const isOfSite = siteId === null ? isNull(jobs.siteId) : eq(jobs.siteId, siteId);
  const [row] = await ctx.db
    .select()
    .from(jobs)
    .where(scoped(ctx, jobs, eq(jobs.id, jobId), isOfSite));
  return row ?? null;
}

/** The job as stored; throws `not_found`, of the site when that is what is missing. */
export async function findJob(ctx: Ctx, id: JobId): Promise<JobRow> {
  const row = await lookUp(ctx, id);
  if (row) return row;
  if (id.siteId !== null) await findSite(ctx, id.siteId);
  throw notFound("Job");
}

/** Refuses a caller who may not see jobs of this kind. What is not there is told by whoever looks for it. */
export async function authoriseJob(ctx: Ctx, id: JobId): Promise<void> {
  const row = await lookUp(ctx, id);
  const kind = row && findKind(row.kind);
  if (!kind) return;
  requireScope(ctx.caller, kind.scope);
  requireAccessType(ctx.caller, kind.integrations ?? false);
}

export const getJob = async ({ ctx, input }: { ctx: Ctx; input: JobId }): Promise<Job> =>
  toJob(await findJob(ctx, input));

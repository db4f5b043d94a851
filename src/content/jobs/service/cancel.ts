import type { Ctx } from "../../../core/work/context.ts";
import { conflict } from "../../../core/errors.ts";
import { stageChange } from "../../../core/work/versioned.ts";
import { type Job, toJob } from "../contract.ts";
import { findKind, isOurs } from "../kind.ts";
import { jobs } from "../table.ts";
import { wakeJobs } from "../wake.ts";
import { findJob, type JobId } from "./find.ts";

/**
 * Ends a job that waits or is under way: what its steps have committed stays, and the step that is being done comes to
 * nothing. One that is over answers 409.
 */
export async function cancelJob({ ctx, input }: { ctx: Ctx; input: JobId }): Promise<Job> {
  const row = await findJob(ctx, input);
  if (row.finishedAt !== null) throw conflict("status", `The job is over: it has ${row.status}.`);
  const kind = findKind(row.kind);
  if (kind && !isOurs(kind)) await kind.cancel(ctx, row);
  const isLeft = kind !== null && isOurs(kind) && kind.afterwards !== undefined;
  const cancelled = stageChange(ctx, jobs, row, {
    status: "cancelled",
    step: null,
    leaseId: null,
    attempts: 0,
    finishedAt: ctx.now,
    dueAt: isLeft ? ctx.now : null,
  });
  ctx.unit.audit("job.cancelled", { type: "job", id: row.id });
  if (isLeft) ctx.unit.onCommit({ after: () => wakeJobs(ctx.env, [row]) });
  return toJob(cancelled);
}

import { isNotNull, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { DomainError } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import { type Job, toJob } from "../contract.ts";
import type { JobKind } from "../kind.ts";
import { type JobRow, jobs } from "../table.ts";
import { wakeJobs } from "../wake.ts";

/** Jobs of a workspace that are not over, at most; a job is minutes of work. */
const MAX_UNFINISHED = 100;

/** When a job whose wake-up was lost is looked for. */
const LOST_MS = 10_000;

/** What a job is about. */
interface Begun<Input> {
  siteId: string | null;
  input: Input;
  /** What it does first, in words. */
  step: string;
}

/** The row of a job that nobody has taken up yet. */
export const newJob = <Input>(
  ctx: Ctx,
  kind: Pick<JobKind<Input>, "name" | "input">,
  { siteId, input, step }: Begun<Input>,
): JobRow => ({
  id: newId("job", ctx.now),
  ...ownedBy(ctx),
  siteId,
  kind: kind.name,
  status: "queued",
  progress: 0,
  step,
  input,
  state: null,
  result: null,
  error: null,
  errorCode: null,
  attempts: 0,
  leaseId: null,
  dueAt: ctx.now,
  actor: ctx.caller.actor,
  version: 1,
  createdAt: ctx.now,
  updatedAt: ctx.now,
  startedAt: null,
  finishedAt: null,
});

/** Stages a new job and has it begun once the commit is done. */
export function startJob<Input>(ctx: Ctx, kind: Pick<JobKind<Input>, "name" | "input">, begun: Begun<Input>): Job {
  const row = newJob(ctx, kind, begun);
  const isUnfinished = scoped(ctx, jobs, isNotNull(jobs.dueAt));
  const message = `There are ${MAX_UNFINISHED} jobs under way already. Wait for one to end, or cancel one.`;
  ctx.unit.require(
    sql`(SELECT count(*) FROM ${jobs} WHERE ${isUnfinished}) < ${MAX_UNFINISHED}`,
    new DomainError("conflict", message, { reason: "too_many_jobs", retryAfterSeconds: 60 }),
  );
  ctx.unit.stage(ctx.db.insert(jobs).values(row));
  ctx.unit.audit("job.started", { type: "job", id: row.id, after: { kind: row.kind, siteId: row.siteId } });
  ctx.unit.onCommit({ after: () => wakeJobs(ctx.env, [row]) });
  wakeAt(ctx, ctx.now + LOST_MS);
  return toJob(row);
}

import { and, eq, isNull, sql } from "drizzle-orm";
import { ConcurrentChange, DomainError } from "../../../core/errors.ts";
import { log } from "../../../core/http/log.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import { nextVersion } from "../../../core/work/versioned.ts";
import type { Env } from "../../../env.ts";
import { type JobRow, jobs } from "../table.ts";
import type { Held } from "./lease.ts";

/** How often a step is begun before its job has failed: it dies, or what it needs does not answer. */
const MAX_ATTEMPTS = 6;
/** And how often what is to be done once a job is over, which nobody waits for. */
const MAX_ATTEMPTS_AFTERWARDS = 50;
/** How often a step is done again at once because others wrote what it had read. */
const MAX_RACES = 16;
/** Between two attempts: 5 s, 10 s, 20 s and so on, an hour at most. */
const BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 3_600_000;

/** The job is somebody else's by now, was cancelled, or is gone with its workspace. */
class LostLease extends Error {}

/** The context of a step: acts for whoever has asked for the job, in the plan of the workspace as it is now. */
async function stepContext(env: Env, row: JobRow, now: number): Promise<Ctx> {
  const { workspaceId, actor } = row;
  const isThere = and(eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt));
  const [workspace] = await databaseOf(env, workspaceId)
    .select({ tier: workspaces.tier })
    .from(workspaces)
    .where(isThere);
  if (!workspace) throw new LostLease();
  return jobContext(env, row, actor, now, workspace.tier);
}

/** Commits what a step has staged together with what has become of its job, should it still hold it. */
async function commitJob(ctx: Ctx, { row, leaseId }: Held, changes: Partial<JobRow>): Promise<JobRow> {
  const isHeld = and(eq(jobs.id, row.id), eq(jobs.leaseId, leaseId), eq(jobs.status, row.status));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${jobs} WHERE ${isHeld})`, new LostLease());
  const columns = { ...changes, ...nextVersion(row, ctx.now) };
  ctx.unit.stage(ctx.db.update(jobs).set(columns).where(eq(jobs.id, row.id)));
  await ctx.unit.commit();
  return { ...row, ...columns };
}

/** What ends a job, as far as it is the same however that comes about. */
const ended = ({ kind, leaseId }: Held, now: number): Partial<JobRow> => ({
  step: null,
  attempts: 0,
  finishedAt: now,
  // What is done afterwards goes by the state.
  ...(kind.afterwards ? { leaseId, dueAt: now + kind.leaseMs } : { state: null, leaseId: null, dueAt: null }),
});

/** What a job that was held is afterwards: still held, to be gone on with later, or not ours any more (`null`). */
type Left = { row: JobRow; isHeld: boolean } | null;

async function work(env: Env, held: Held, now: number): Promise<Left> {
  const { kind, row } = held;
  const ctx = await stepContext(env, row, now);
  const advance = await kind.step(ctx, { job: row, input: kind.input.parse(row.input), state: row.state });
  if ("result" in advance) {
    const done = { ...ended(held, now), status: "succeeded", progress: 100, result: advance.result } as const;
    return { row: await commitJob(ctx, held, done), isHeld: kind.afterwards !== undefined };
  }
  const { state, progress, step, notBefore } = advance;
  const isLater = notBefore !== undefined && notBefore > now;
  const lease = isLater ? { leaseId: null, dueAt: notBefore } : { dueAt: now + kind.leaseMs };
  const after = await commitJob(ctx, held, { state, progress: clamp(progress), step, attempts: 0, ...lease });
  return { row: after, isHeld: !isLater };
}

const clamp = (progress: number): number => Math.max(0, Math.min(99, Math.round(progress)));

async function finish(env: Env, held: Held, now: number): Promise<Left> {
  const ctx = await stepContext(env, held.row, now);
  await held.kind.afterwards?.(ctx, held.row);
  await commitJob(ctx, held, { state: null, leaseId: null, dueAt: null });
  return null;
}

/** Ends a job as failed. What is no business of the caller's stands in the log. */
async function fail(env: Env, held: Held, error: unknown, now: number): Promise<Left> {
  const isTold = error instanceof DomainError && error.code !== "internal";
  const message = isTold ? error.message : "The job could not be finished because of an error on our side.";
  const errorCode = isTold ? (error.details.reason ?? error.code) : "internal";
  const ctx = await stepContext(env, held.row, now);
  const row = await commitJob(ctx, held, { ...ended(held, now), status: "failed", error: message, errorCode });
  return { row, isHeld: held.kind.afterwards !== undefined };
}

const isFinal = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code !== "unavailable" && error.code !== "rate_limited";

/** Leaves a job to be taken up again later: what it needs does not answer. */
async function postpone(env: Env, held: Held, error: unknown, now: number): Promise<Left> {
  const { row } = held;
  const asked = error instanceof DomainError ? (error.details.retryAfterSeconds ?? 0) * 1_000 : 0;
  const backoff = Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** (row.attempts - 1));
  const ctx = jobContext(env, row, row.actor, now);
  const dueAt = now + Math.min(MAX_BACKOFF_MS, Math.max(asked, backoff));
  return { row: await commitJob(ctx, held, { leaseId: null, dueAt }), isHeld: false };
}

async function settle(env: Env, held: Held, thrown: unknown, now: number): Promise<Left> {
  const { row } = held;
  const isOver = row.finishedAt !== null;
  if (isFinal(thrown) && !isOver) return fail(env, held, thrown, now);
  const detail = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  log(env.LOG_LEVEL, "error", {
    message: "job step failed",
    jobId: row.id,
    kind: row.kind,
    detail: String(detail).slice(0, 500),
  });
  if (!isOver && row.attempts >= MAX_ATTEMPTS) return fail(env, held, thrown, now);
  return postpone(env, held, thrown, now);
}

/** Begun too often without coming further: whatever it is, it takes its worker with it. */
async function giveUp(env: Env, held: Held, now: number): Promise<Left> {
  if (held.row.finishedAt === null) return fail(env, held, null, now);
  const ctx = jobContext(env, held.row, held.row.actor, now);
  await commitJob(ctx, held, { state: null, leaseId: null, dueAt: null });
  return null;
}

/** Does the next step of a job that is held; answers what has become of it, `null` when it is nothing of ours any more. */
export async function runStep(env: Env, held: Held, now: () => number): Promise<Left> {
  const isOver = held.row.finishedAt !== null;
  try {
    if (held.row.attempts > (isOver ? MAX_ATTEMPTS_AFTERWARDS : MAX_ATTEMPTS)) return await giveUp(env, held, now());
    for (let races = 0; ; races += 1) {
      try {
        return await (isOver ? finish : work)(env, held, now());
      } catch (error) {
        if (error instanceof LostLease) throw error;
        if (!(error instanceof ConcurrentChange)) return await settle(env, held, error, now());
        if (races >= MAX_RACES) return await postpone(env, held, error, now());
      }
    }
  } catch (error) {
    if (error instanceof LostLease) return null;
    throw error;
  }
}

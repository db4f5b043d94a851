import { and, eq } from "drizzle-orm";
import type { Runtime } from "../../../core/runtime.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { schedulerOf } from "../../../core/work/scheduler.ts";
import type { Env } from "../../../env.ts";
import { type JobRow, jobs } from "../table.ts";
import { type JobWake, wakeJobs } from "../wake.ts";
import { type Held, takeLease } from "./lease.ts";
import { runStep } from "./step.ts";

/** After this long, or so many steps, a job goes on in another invocation: each has only so much time and so many statements. */
const RUN_MS = 20_000;
const RUN_STEPS = 25;

/** Works on a job as long as it is due and nobody else does. Whatever becomes of this run, the job goes on where it was. */
export async function runJob(env: Env, { jobId, workspaceId }: JobWake, runtime: Runtime): Promise<void> {
  const until = runtime.now() + RUN_MS;
  let held: Held | null = await takeLease(databaseOf(env, workspaceId), jobId, runtime);
  for (let steps = 0; held; steps += 1) {
    if (steps >= RUN_STEPS || runtime.now() >= until) return handOn(env, held, runtime);
    const left = await runStep(env, held, runtime.now);
    if (left && !left.isHeld && left.row.dueAt !== null) await remind(env, left.row, left.row.dueAt);
    held = left?.isHeld ? { ...held, row: left.row } : null;
  }
}

/** Gives the lease back and has somebody else go on at once. */
async function handOn(env: Env, { row, leaseId }: Held, { now }: Runtime): Promise<void> {
  if (await release(env, row, leaseId, now())) await wakeJobs(env, [row]);
}

async function release(env: Env, row: JobRow, leaseId: string, now: number): Promise<boolean> {
  const released = await databaseOf(env, row.workspaceId)
    .update(jobs)
    .set({ leaseId: null, dueAt: now, attempts: 0 })
    .where(and(eq(jobs.id, row.id), eq(jobs.leaseId, leaseId)))
    .returning({ id: jobs.id });
  return released.length > 0;
}

/** Has the workspace's scheduler look again when it is time. The cron does so too, should this be lost. */
const remind = (env: Env, { workspaceId, environment }: JobRow, at: number): Promise<void> =>
  schedulerOf(env, workspaceId, environment)
    .wakeAt(at)
    .catch(() => {});

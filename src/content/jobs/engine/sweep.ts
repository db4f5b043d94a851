import { and, asc, eq, isNotNull } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import type { Tenant } from "../../../core/work/scheduler.ts";
import type { Env } from "../../../env.ts";
import { jobs } from "../table.ts";
import { wakeJobs } from "../wake.ts";

/** Jobs looked at by one sweep; the next one goes on. */
const LIMIT = 200;

/** When what was woken is looked for again: its message may be lost. */
const AGAIN_MS = 30_000;

/**
 * Wakes the jobs that are due: their message was lost, their worker died, or their time has come. Answers when to look
 * again; `null` when nothing waits. Waking one twice does no harm: one of them takes it.
 */
export async function sweepJobs(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const ofTenant = tenant && and(eq(jobs.workspaceId, tenant.workspaceId), eq(jobs.environment, tenant.environment));
  const waiting = await databaseOf(env, tenant?.workspaceId ?? 0)
    .select({ id: jobs.id, workspaceId: jobs.workspaceId, dueAt: jobs.dueAt })
    .from(jobs)
    .where(and(isNotNull(jobs.dueAt), ofTenant))
    .orderBy(asc(jobs.dueAt))
    .limit(LIMIT);
  const due = waiting.filter(({ dueAt }) => (dueAt as number) <= now);
  await wakeJobs(env, due);
  const next = waiting[due.length]?.dueAt ?? null;
  if (due.length === 0) return next;
  return Math.min(now + AGAIN_MS, next ?? Number.POSITIVE_INFINITY);
}

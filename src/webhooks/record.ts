import { and, eq, gt, isNotNull, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Given, type Idle, idleOf } from "../core/events/fan-out.ts";
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from "../core/events/tables.ts";
import type { Database } from "../core/storage/database.ts";
import { runBatch, type Statement } from "../core/storage/statements.ts";
import type { Records, Release } from "./batch.ts";
import { exhaustionOf } from "./exhausted.ts";
import { type DueDelivery, type Lease, stillWanted } from "./lease.ts";
import type { NextStep } from "./next-step.ts";
import { MAX_QUIET_MS } from "./schedule.ts";

/** Attempts kept with a delivery: more than the schedule has; who retries by hand again and again loses the oldest. */
const KEPT_ATTEMPTS = 30;

/** Writes attempts down under a lease, each with the counters of its endpoint in one commit. */
export function recordsOf(db: Database, lease: Lease, wake: (idle: Idle) => Promise<void>): Records {
  /** Once: an attempt that was recorded before changes nothing. Answers what the commit's last statement asks for. */
  async function written<Row>(
    due: DueDelivery,
    step: NextStep,
    release: Release | null,
    ask: Statement,
  ): Promise<Row[]> {
    const told = exhaustionOf(lease, due, step);
    const record = [countersUpdate(db, lease, due, step, release), deliveryUpdate(db, lease, due, step)];
    const results = await runBatch(db, [...told, ...record, ask]);
    const given = results.slice(0, told.length).flatMap((it) => it.results as Given[]);
    if (given.length > 0) await wake(idleOf(given, step.attempt.at));
    return results.at(-1)?.results as Row[];
  }
  return {
    async record(due, step) {
      return (await written(due, step, null, stillWanted(db, lease))).length > 0;
    },
    async recordLast(due, step, release) {
      const next = await written<Earliest>(due, step, release, earliestDue(db, lease));
      return release && nextOf(next, release);
    },
    async release(release) {
      const end = db.update(endpoints).set(released(lease, release)).where(eq(endpoints.id, lease.endpoint.id));
      const [, next] = await db.batch([end, earliestDue(db, lease)]);
      return nextOf(next, release);
    },
  };
}

/** The delivery as it was taken: without this attempt. What was given up meanwhile is still told how the attempt went. */
const isUnrecorded = ({ endpoint }: Lease, due: DueDelivery) =>
  and(eq(deliveries.endpointId, endpoint.id), eq(deliveries.eventSeq, due.seq), eq(deliveries.attempt, due.attempt));

function deliveryUpdate(db: Database, lease: Lease, due: DueDelivery, { status, nextAttemptAt, attempt }: NextStep) {
  const { attempts } = deliveries;
  const kept = sql`CASE WHEN json_array_length(${attempts}) >= ${KEPT_ATTEMPTS}
    THEN json_remove(${attempts}, '$[0]') ELSE ${attempts} END`;
  const isGivenUp = sql`${deliveries.nextAttemptAt} IS NULL`;
  return db
    .update(deliveries)
    .set({
      status: status === "success" ? status : sql`CASE WHEN ${isGivenUp} THEN ${deliveries.status} ELSE ${status} END`,
      attempt: sql`${deliveries.attempt} + 1`,
      round: sql`${deliveries.round} + 1`,
      attempts: sql`json_insert(${kept}, '$[#]', json(${JSON.stringify(attempt)}))`,
      nextAttemptAt: sql`CASE WHEN ${isGivenUp} THEN NULL ELSE ${nextAttemptAt} END`,
      responseCode: attempt.status,
      deliveredAt: status === "success" ? attempt.at : null,
    })
    .where(isUnrecorded(lease, due));
}

/** Since when there have been only failures. One that follows a long silence begins anew. */
function runBegins(at: number): SQL {
  const { failingSince, lastDeliveryAt } = endpoints;
  return sql`CASE WHEN ${lastDeliveryAt} < ${at - MAX_QUIET_MS} THEN ${at} ELSE coalesce(${failingSince}, ${at}) END`;
}

/** Counts the attempt before it is recorded: an attempt that is recorded already counts for nothing. */
function countersUpdate(
  db: Database,
  lease: Lease,
  due: DueDelivery,
  { status, nextAttemptAt, attempt }: NextStep,
  release: Release | null,
) {
  const { successCount, failureCount, consecutiveFailures, finishedCount } = endpoints;
  const isNew = isUnrecorded(lease, due);
  const raised = (counter: SQLiteColumn, condition?: SQL) =>
    sql`${counter} + (SELECT count(*) FROM ${deliveries} WHERE ${and(isNew, condition)})`;
  const counted =
    status === "success"
      ? { successCount: raised(successCount), consecutiveFailures: 0, failingSince: null }
      : {
          failureCount: raised(failureCount),
          consecutiveFailures: raised(consecutiveFailures),
          failingSince: runBegins(attempt.at),
        };
  // What was given up has been counted as done with.
  const isFinished = nextAttemptAt === null && {
    finishedCount: raised(finishedCount, isNotNull(deliveries.nextAttemptAt)),
  };
  return db
    .update(endpoints)
    .set({ ...counted, lastDeliveryAt: attempt.at, ...isFinished, ...(release && released(lease, release)) })
    .where(eq(endpoints.id, lease.endpoint.id));
}

/** Ends the lease, if it is still this one. */
function released({ id }: Lease, { pace, restUntil }: Release) {
  const ifHeld = (value: unknown, otherwise: SQL) =>
    sql`CASE ${endpoints.leaseId} WHEN ${id} THEN ${value} ELSE ${otherwise} END`;
  return {
    leaseUntil: ifHeld(0, sql`${endpoints.leaseUntil}`),
    restUntil: ifHeld(restUntil, sql`${endpoints.restUntil}`),
    pace: ifHeld(JSON.stringify(pace), sql`${endpoints.pace}`),
  };
}

interface Earliest {
  at: number | null;
}

const earliestDue = (db: Database, { endpoint }: Lease) =>
  db
    .select({ at: sql<number | null>`min(${deliveries.nextAttemptAt})`.as("at") })
    .from(deliveries)
    .where(and(eq(deliveries.endpointId, endpoint.id), gt(deliveries.nextAttemptAt, 0)));

/** When to look after the endpoint, as of the end of its lease: when its rest ends, for what comes meanwhile, or for what is due. */
const nextOf = ([earliest]: Earliest[], { restUntil }: Release): number | null =>
  restUntil > 0 ? restUntil : (earliest?.at ?? null);

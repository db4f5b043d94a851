import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, max, sql } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid } from "../../core/errors.ts";
import { emitted, isHeard, subscriber } from "../../core/events/audience.ts";
import { allEvents } from "../../core/events/catalogue.ts";
import { isSubscribed, newDelivery, RETURNING_GIVEN } from "../../core/events/fan-out.ts";
import {
  type DeliveryStatus,
  type REPLAY_STATUSES,
  webhookDeliveries as deliveries,
  webhookEndpoints,
  webhookReplays,
} from "../../core/events/tables.ts";
import { newIntegerId } from "../../core/ids.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { schedulerOf, type Tenant } from "../../core/work/scheduler.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { insertSelect, name } from "../../core/storage/names.ts";
import { ownedBy, scoped } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import type { Env } from "../../env.ts";
import { type EndpointId, findEndpoint, requireActive } from "./find.ts";

export type ReplayRow = typeof webhookReplays.$inferSelect;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** Events looked through in one commit. */
const BATCH = 500;
/** Commits of one run; the next run goes on. */
const MAX_BATCHES = 20;

/** Deliveries that are taken up again, by what the caller asked for. */
const AGAIN: Record<ReplayStatus, DeliveryStatus[]> = {
  failed: ["failed"],
  missed: [],
  success: ["success"],
  all: ["failed", "success"],
};
/** Whether events that never made a delivery are sent too: the endpoint was off, or not yet interested. */
const sendsMissed = (status: ReplayStatus): boolean => status === "missed" || status === "all";

/** Stages the next batch of a replay with its progress. */
function stageBatch(ctx: Ctx, replay: ReplayRow): void {
  const { id, endpointId, afterSeq, lastSeq, fromAt, toAt, status } = replay;
  const isNext = scoped(ctx, events, gt(events.seq, afterSeq), lte(events.seq, lastSeq));
  const batch = sql`(SELECT * FROM ${events} WHERE ${isNext} ORDER BY ${events.seq} LIMIT ${BATCH}) AS ${emitted}`;
  const inRange = and(gte(emitted.createdAt, fromAt), lt(emitted.createdAt, toAt));
  const isAgain = and(eq(deliveries.endpointId, endpointId), inArray(deliveries.status, AGAIN[status]));
  const heard = sql`${batch} JOIN ${webhookEndpoints} AS ${subscriber} ON ${eq(subscriber.id, endpointId)}`;
  const isWanted = and(inRange, isHeard(allEvents(), ctx.now));
  const again = sql`(SELECT count(*) FROM ${heard} JOIN ${deliveries}
    ON ${and(eq(deliveries.eventSeq, emitted.seq), isAgain)} WHERE ${isWanted})`;
  ctx.unit.stage(
    ctx.db
      .update(webhookEndpoints)
      .set({ finishedCount: sql`${webhookEndpoints.finishedCount} - ${again}` })
      .where(eq(webhookEndpoints.id, endpointId)),
  );
  ctx.unit.stageFanOut(
    sql`UPDATE ${deliveries} SET ${name(deliveries.status)} = 'pending', ${name(deliveries.round)} = 0,
      ${name(deliveries.nextAttemptAt)} = ${ctx.now}, ${name(deliveries.replayId)} = ${id}
      WHERE ${isAgain} AND ${deliveries.eventSeq} IN (SELECT ${emitted.seq} FROM ${heard} WHERE ${isWanted})
      ${RETURNING_GIVEN}`,
  );
  if (sendsMissed(status)) {
    const missed = sql`FROM ${heard} WHERE ${inRange} AND ${isSubscribed(allEvents(), ctx.now)} ON CONFLICT DO NOTHING ${RETURNING_GIVEN}`;
    ctx.unit.stageFanOut(insertSelect(deliveries, { ...newDelivery(ctx.now), replayId: id }, missed));
  }
  // Of its span, a batch has queued what is the replay's now.
  const isQueued = and(eq(deliveries.endpointId, endpointId), eq(deliveries.replayId, id));
  const ofBatch = sql`(SELECT count(*) FROM ${deliveries}
    WHERE ${isQueued} AND ${deliveries.eventSeq} IN (SELECT ${emitted.seq} FROM ${batch}))`;
  ctx.unit.stage(
    ctx.db
      .update(webhookReplays)
      .set({
        afterSeq: sql`coalesce((SELECT max(${emitted.seq}) FROM ${batch}), ${webhookReplays.lastSeq})`,
        queued: sql`${webhookReplays.queued} + ${ofBatch}`,
        finishedAt: sql`CASE WHEN (SELECT count(*) FROM ${batch}) < ${BATCH} THEN ${ctx.now} END`,
      })
      .where(eq(webhookReplays.id, id)),
  );
}

/** Sends an endpoint the events of a time span once more, under the ids they had. Large spans go on in the background. */
export async function startReplay({
  ctx,
  input: { from, to, status, ...named },
}: {
  ctx: Ctx;
  input: EndpointId & { from: number; to: number; status: ReplayStatus };
}): Promise<ReplayRow> {
  const endpoint = await findEndpoint(ctx, named);
  if (from >= to) throw invalid("to", "must be later than from");
  if (!endpoint.isActive) throw conflict("is_active", "The endpoint is switched off. Activate it first.");
  const isRunning = and(eq(webhookReplays.endpointId, endpoint.id), isNull(webhookReplays.finishedAt));
  requireActive(ctx, endpoint.id);
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${webhookReplays} WHERE ${isRunning})`,
    conflict("status", "A replay to this endpoint is still running."),
  );
  const [last] = await ctx.db
    .select({ seq: max(events.seq) })
    .from(events)
    .where(scoped(ctx, events));
  const row: ReplayRow = {
    id: newIntegerId(ctx.now),
    ...ownedBy(ctx),
    endpointId: endpoint.id,
    fromAt: from,
    toAt: to,
    status,
    afterSeq: 0,
    lastSeq: last?.seq ?? 0,
    queued: 0,
    actor: ctx.caller.actor,
    createdAt: ctx.now,
    finishedAt: null,
    cancelledAt: null,
  };
  ctx.unit.stage(ctx.db.insert(webhookReplays).values(row));
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set({ restUntil: 0 }).where(eq(webhookEndpoints.id, endpoint.id)));
  ctx.unit.audit("webhook.replayed", { type: "webhook", id: endpoint.id, after: { replay: row.id, from, to, status } });
  const { workspaceId, environment } = ctx.caller;
  const begin = () => schedulerOf(ctx.env, workspaceId, environment).wakeAt(ctx.now);
  ctx.unit.onCommit({ after: () => begin().catch(() => {}) });
  return row;
}

/** Goes on with the replays that are running. A batch and its progress are one commit: a run that dies repeats nothing. */
export async function advanceReplays(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, 0);
  const { workspaceId, environment } = webhookReplays;
  const isOfTenant = tenant && and(eq(workspaceId, tenant.workspaceId), eq(environment, tenant.environment));
  const running = () =>
    db
      .select()
      .from(webhookReplays)
      .where(and(isNull(webhookReplays.finishedAt), isOfTenant))
      .orderBy(asc(webhookReplays.id))
      .limit(1);
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const [replay] = await running();
    if (!replay) return null;
    const ctx = jobContext(env, replay, "job:webhooks", now);
    const { id, afterSeq, finishedAt } = webhookReplays;
    const isAsRead = and(eq(id, replay.id), eq(afterSeq, replay.afterSeq), isNull(finishedAt));
    ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${webhookReplays} WHERE ${isAsRead})`);
    stageBatch(ctx, replay);
    await ctx.unit.commit().catch((error: unknown) => {
      // Another run was faster, or the endpoint has been switched off: what there is to do now is read anew.
      if (!(error instanceof ConcurrentChange)) throw error;
    });
  }
  return now + 1;
}

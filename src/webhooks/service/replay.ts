import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid, notFound } from "../../core/errors.ts";
import { DELIVERY_COLUMNS, isSubscribed, newDelivery } from "../../core/events/fan-out.ts";
import { type REPLAY_STATUSES, webhookReplays } from "../../core/events/tables.ts";
import { newIntegerId } from "../../core/ids.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { schedulerOf, type Tenant } from "../../core/work/scheduler.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { ownedBy, scoped } from "../../core/storage/scoped.ts";
import type { Env } from "../../env.ts";
import { type EndpointId, findEndpoint, requireActive } from "./find.ts";

export type ReplayRow = typeof webhookReplays.$inferSelect;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** Events looked through in one commit. */
const BATCH = 500;
/** Commits of one run; the next run goes on. */
const MAX_BATCHES = 20;

/** Deliveries that are taken up again, by what the caller asked for. */
const AGAIN: Record<ReplayStatus, string> = {
  failed: "'failed'",
  missed: "''",
  success: "'success'",
  all: "'failed', 'success'",
};
/** Whether events that never made a delivery are sent too: the endpoint was off, or not yet interested. */
const sendsMissed = (status: ReplayStatus): boolean => status === "missed" || status === "all";

/** Stages the next batch of a replay with its progress. */
function stageBatch(ctx: Ctx, replay: ReplayRow): void {
  const { id, endpointId, workspaceId, environment, afterSeq, lastSeq, fromAt, toAt, status } = replay;
  const batch = sql`SELECT * FROM events WHERE workspace_id = ${workspaceId} AND environment = ${environment}
    AND seq > ${afterSeq} AND seq <= ${lastSeq} ORDER BY seq LIMIT ${BATCH}`;
  const inRange = sql`ev.created_at >= ${fromAt} AND ev.created_at < ${toAt}`;
  const again = sql.raw(AGAIN[status]);
  const isAgain = sql`d.endpoint_id = ${endpointId} AND d.status IN (${again})`;
  ctx.unit.stage(
    sql`UPDATE webhook_endpoints SET settled_count = settled_count - (SELECT count(*) FROM (${batch}) ev
      JOIN webhook_deliveries d ON d.event_seq = ev.seq AND ${isAgain} WHERE ${inRange}) WHERE id = ${endpointId}`,
  );
  ctx.unit.stageFanOut(
    sql`UPDATE webhook_deliveries AS d SET status = 'pending', round = 0, next_attempt_at = ${ctx.now}, replay_id = ${id}
      WHERE ${isAgain} AND d.event_seq IN (SELECT ev.seq FROM (${batch}) ev WHERE ${inRange}) RETURNING endpoint_id`,
  );
  const queued = sql`UPDATE webhook_replays SET queued = queued + changes() WHERE id = ${id}`;
  ctx.unit.stage(queued);
  if (sendsMissed(status)) {
    ctx.unit.stageFanOut(
      sql`INSERT INTO webhook_deliveries (${DELIVERY_COLUMNS}, replay_id)
        SELECT ${newDelivery(ctx.now)}, ${id} FROM (${batch}) ev JOIN webhook_endpoints w ON w.id = ${endpointId}
        WHERE ${inRange} AND ${isSubscribed()} ON CONFLICT DO NOTHING RETURNING endpoint_id`,
    );
    ctx.unit.stage(queued);
  }
  ctx.unit.stage(
    sql`UPDATE webhook_replays SET
      after_seq = coalesce((SELECT max(seq) FROM (${batch})), last_seq),
      finished_at = CASE WHEN (SELECT count(*) FROM (${batch})) < ${BATCH} THEN ${ctx.now} END
      WHERE id = ${id}`,
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
  const running = sql`SELECT 1 FROM webhook_replays WHERE endpoint_id = ${endpoint.id} AND finished_at IS NULL`;
  requireActive(ctx, endpoint.id);
  ctx.unit.require(sql`NOT EXISTS (${running})`, conflict("status", "A replay to this endpoint is still running."));
  const [last] = await ctx.db.all<{ seq: number | null }>(
    sql`SELECT max(seq) AS seq FROM events WHERE workspace_id = ${ctx.caller.workspaceId} AND environment = ${ctx.caller.environment}`,
  );
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
  };
  ctx.unit.stage(ctx.db.insert(webhookReplays).values(row));
  ctx.unit.stage(sql`UPDATE webhook_endpoints SET rest_until = 0 WHERE id = ${endpoint.id}`);
  ctx.unit.audit("webhook.replayed", { type: "webhook", id: endpoint.id, after: { replay: row.id, from, to, status } });
  const { workspaceId, environment } = ctx.caller;
  const begin = () => schedulerOf(ctx.env, workspaceId, environment).wakeAt(ctx.now);
  ctx.unit.onCommit({ before: async () => {}, after: () => begin().catch(() => {}) });
  return row;
}

/** What is shown of a replay: how far it has looked through its events, and what has become of what it queued. */
export interface ReplayState {
  row: ReplayRow;
  /** 0 to 1. */
  progress: number;
  delivered: number;
  failed: number;
}

export async function findReplay({
  ctx,
  input: { replayId, ...named },
}: {
  ctx: Ctx;
  input: EndpointId & { replayId: number };
}): Promise<ReplayState> {
  const endpoint = await findEndpoint(ctx, named);
  const isIt = scoped(ctx, webhookReplays, eq(webhookReplays.id, replayId), eq(webhookReplays.endpointId, endpoint.id));
  const [row] = await ctx.db.select().from(webhookReplays).where(isIt);
  if (!row) throw notFound("Replay");
  const { workspaceId, environment } = ctx.caller;
  const [found] = await ctx.db.all<{ delivered: number; failed: number; first: number | null }>(
    sql`SELECT coalesce(sum(status = 'success'), 0) AS delivered, coalesce(sum(status = 'failed'), 0) AS failed,
      (SELECT min(seq) FROM events WHERE workspace_id = ${workspaceId} AND environment = ${environment}) AS first
      FROM webhook_deliveries WHERE endpoint_id = ${endpoint.id} AND event_seq <= ${row.lastSeq} AND replay_id = ${replayId}`,
  );
  const progress = progressOf(row, found?.first ?? row.lastSeq);
  return { row, progress, delivered: found?.delivered ?? 0, failed: found?.failed ?? 0 };
}

/** Of the numbers from the workspace's first event on; others' events lie between them, alike before and after. */
function progressOf({ afterSeq, lastSeq, finishedAt }: ReplayRow, firstSeq: number): number {
  if (finishedAt !== null) return 1;
  const share = (afterSeq - firstSeq + 1) / (lastSeq - firstSeq + 1);
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
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
    const isThere = sql`SELECT 1 FROM webhook_replays WHERE id = ${replay.id} AND after_seq = ${replay.afterSeq}`;
    ctx.unit.require(sql`EXISTS (${isThere} AND finished_at IS NULL)`);
    stageBatch(ctx, replay);
    await ctx.unit.commit().catch((error: unknown) => {
      // Another run was faster, or the endpoint has been switched off: what there is to do now is read anew.
      if (!(error instanceof ConcurrentChange)) throw error;
    });
  }
  return now + 1;
}

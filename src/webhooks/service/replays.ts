import { and, eq, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { conflict, notFound } from "../../core/errors.ts";
import { webhookDeliveries as deliveries, webhookEndpoints, webhookReplays } from "../../core/events/tables.ts";
import type { ListSource } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import type { Ctx } from "../../core/work/context.ts";
import { givingUp } from "../give-up.ts";
import { type EndpointId, findEndpoint } from "./find.ts";
import type { ReplayRow } from "./replay.ts";

/** Running until everything in its range is queued; cancelled when somebody ended it, and what it had still to send. */
export const REPLAY_STATES = ["running", "finished", "cancelled"] as const;
type ReplayState = (typeof REPLAY_STATES)[number];

const IN_STATE: Record<ReplayState, SQL | undefined> = {
  running: isNull(webhookReplays.finishedAt),
  finished: and(isNotNull(webhookReplays.finishedAt), isNull(webhookReplays.cancelledAt)),
  cancelled: isNotNull(webhookReplays.cancelledAt),
};

export interface ShownReplay {
  row: ReplayRow;
  state: ReplayState;
  /** Share of its events that it has looked through, 0 to 1. */
  progress: number;
}

/** What has become of what it queued, too: counted among the deliveries of the endpoint. */
export interface CountedReplay extends ShownReplay {
  delivered: number;
  failed: number;
}

/** One that has just been started. */
export const newReplay = (row: ReplayRow): CountedReplay => ({
  row,
  state: "running",
  progress: 0,
  delivered: 0,
  failed: 0,
});

interface ReplayFilter {
  status?: string | undefined;
}

async function conditionOf(ctx: Ctx, input: EndpointId, { status }: ReplayFilter) {
  const { id } = await findEndpoint(ctx, input);
  const wanted = status === undefined ? undefined : IN_STATE[status as ReplayState];
  const where = scoped(ctx, webhookReplays, eq(webhookReplays.endpointId, id), wanted);
  const { replayCount } = webhookEndpoints;
  const total = sql`(SELECT ${replayCount} FROM ${webhookEndpoints} WHERE ${eq(webhookEndpoints.id, id)})`;
  return { id, where, counted: status === undefined ? total : undefined };
}

/** An endpoint's replays as a numbered list, newest first: ids grow with time. */
export async function numberedReplays(ctx: Ctx, input: EndpointId, filter: ReplayFilter): Promise<NumberedSource> {
  const { where, counted } = await conditionOf(ctx, input, filter);
  const { id, createdAt, finishedAt } = webhookReplays;
  return {
    table: webhookReplays,
    where,
    sorts: { created_at: id },
    id,
    counted,
    createdAt,
    updatedAt: sql`coalesce(${finishedAt}, ${createdAt})`,
  };
}

/** The same list with cursors. */
export async function cursoredReplays(
  ctx: Ctx,
  input: EndpointId,
  filter: ReplayFilter,
): Promise<ListSource<typeof webhookReplays>> {
  const { id, where, counted } = await conditionOf(ctx, input, filter);
  return {
    name: `replays:${id}:${filter.status ?? ""}`,
    table: webhookReplays,
    id: webhookReplays.id,
    where,
    orders: { createdAt: webhookReplays.id },
    counted,
  };
}

/** Replays with how far they have come. */
export async function withProgress(ctx: Ctx, rows: readonly ReplayRow[]): Promise<ShownReplay[]> {
  const first = sql<number | null>`(SELECT min(${events.seq}) FROM ${events} WHERE ${scoped(ctx, events)})`;
  const [found] = await ctx.db.select({ first: first.as("first") }).from(sql`(SELECT 1)`);
  return rows.map((row) => shown(row, found?.first ?? row.lastSeq));
}

function shown(row: ReplayRow, firstSeq: number): ShownReplay {
  const { finishedAt, cancelledAt } = row;
  const state = cancelledAt !== null ? "cancelled" : finishedAt !== null ? "finished" : "running";
  return { row, state, progress: state === "finished" ? 1 : progressOf(row, firstSeq) };
}

/** Of the numbers from the workspace's first event on; others' events lie between them, alike before and after. */
function progressOf({ afterSeq, lastSeq }: ReplayRow, firstSeq: number): number {
  const share = (afterSeq - firstSeq + 1) / (lastSeq - firstSeq + 1);
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
}

interface ReplayId extends EndpointId {
  replayId: number;
}

async function findRow(ctx: Ctx, { replayId, ...named }: ReplayId): Promise<ReplayRow> {
  const endpoint = await findEndpoint(ctx, named);
  const isIt = scoped(ctx, webhookReplays, eq(webhookReplays.id, replayId), eq(webhookReplays.endpointId, endpoint.id));
  const [row] = await ctx.db.select().from(webhookReplays).where(isIt);
  if (!row) throw notFound("Replay");
  return row;
}

const isOfReplay = ({ id, endpointId, lastSeq }: ReplayRow) =>
  and(eq(deliveries.endpointId, endpointId), lte(deliveries.eventSeq, lastSeq), eq(deliveries.replayId, id));

export async function findReplay({ ctx, input }: { ctx: Ctx; input: ReplayId }): Promise<CountedReplay> {
  return counted(ctx, await findRow(ctx, input));
}

async function counted(ctx: Ctx, row: ReplayRow): Promise<CountedReplay> {
  const [state] = await withProgress(ctx, [row]);
  const [found] = await ctx.db
    .select({
      delivered: sql<number>`coalesce(sum(${deliveries.status} = 'success'), 0)`,
      failed: sql<number>`coalesce(sum(${deliveries.status} = 'failed'), 0)`,
    })
    .from(deliveries)
    .where(isOfReplay(row));
  return { ...(state as ShownReplay), delivered: found?.delivered ?? 0, failed: found?.failed ?? 0 };
}

/**
 * Ends a replay that is under way: nothing more becomes due by it, and what it has made due is not sent, which counts as
 * neither delivered nor failed by it. An attempt that is being made is finished.
 */
export async function cancelReplay({ ctx, input }: { ctx: Ctx; input: ReplayId }): Promise<CountedReplay> {
  const row = await findRow(ctx, input);
  const isIt = eq(webhookReplays.id, row.id);
  const isDue = and(isOfReplay(row), isNotNull(deliveries.nextAttemptAt));
  ctx.unit.require(
    sql`EXISTS (SELECT 1 FROM ${webhookReplays} WHERE ${and(isIt, isNull(webhookReplays.finishedAt))})
      OR EXISTS (SELECT 1 FROM ${deliveries} WHERE ${isDue})`,
    conflict("status", "The replay is over: nothing of it is still to be sent."),
  );
  const cancelled = { finishedAt: row.finishedAt ?? ctx.now, cancelledAt: ctx.now };
  ctx.unit.stage(
    ...givingUp(ctx.db, row.endpointId, eq(deliveries.replayId, row.id), { replayId: null }),
    ctx.db.update(webhookReplays).set(cancelled).where(isIt),
  );
  ctx.unit.audit("webhook.replay_cancelled", { type: "webhook", id: row.endpointId, after: { replay: row.id } });
  return counted(ctx, { ...row, ...cancelled });
}

import { and, asc, eq, getTableColumns, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints } from "../core/events/tables.ts";
import type { Runtime } from "../core/runtime.ts";
import type { Database } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { events } from "../core/storage/tables.ts";
import { standsFor } from "../core/tenancy/api-keys/standing.ts";
import { apiKeys, type KeyRow } from "../core/tenancy/api-keys/table.ts";
import type { EventRow } from "./message.ts";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;

/** A delivery whose time has come. */
export interface DueDelivery {
  attempt: number;
  round: number;
  seq: number;
  event: EventRow;
}

/** An endpoint nobody else works on, the key behind it, and some of what it is due. */
export interface Lease {
  endpoint: EndpointRow;
  /** `null` when the endpoint names none, or it does not work any more. */
  key: KeyRow | null;
  id: string;
  takenAt: number;
  due: DueDelivery[];
}

/**
 * Longer than a holder ever works (it starts nothing after ten seconds, and an attempt takes fifteen); short, because
 * this is how long the deliveries of one that died wait.
 */
const LEASE_MS = 30_000;
/** How long a wake-up may be on its way before another is sent. */
const CLAIM_MS = 30_000;

/** Deliveries taken at a time: so many, and no more once their data comes to this many bytes. */
const BATCH_SIZE = 10;
const BATCH_BYTES = 1_000_000;

const isDue = (endpointId: number, at: number) =>
  and(eq(webhookDeliveries.endpointId, endpointId), lte(webhookDeliveries.nextAttemptAt, at));

/** Whether an endpoint has something to be sent. */
const hasDue = (endpointId: number, at: number): SQL =>
  sql`EXISTS (SELECT 1 FROM ${webhookDeliveries} WHERE ${isDue(endpointId, at)})`;

/** Whether an endpoint may be worked on now and has something due. */
const isReady = (endpointId: number, at: number) =>
  and(
    eq(webhookEndpoints.id, endpointId),
    eq(webhookEndpoints.isActive, true),
    isNull(webhookEndpoints.deletedAt),
    or(lte(webhookEndpoints.leaseUntil, at), isNull(webhookEndpoints.leaseId)),
    lte(webhookEndpoints.restUntil, at),
    hasDue(endpointId, at),
  );

/** What an endpoint is due, oldest first. The event that exceeds the bytes is the last one, so that there is always one. */
function dueOf(db: Database, endpointId: number, at: number, isTaken: SQL | undefined) {
  const { attempt, round, eventSeq, nextAttemptAt } = webhookDeliveries;
  const sized = db
    .select({
      attempt,
      round,
      nextAttemptAt,
      due: eventSeq,
      bytes: sql<number>`octet_length(${events.data})`.as("bytes"),
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, isTaken)
    .innerJoin(events, eq(events.seq, eventSeq))
    .where(isDue(endpointId, at))
    .orderBy(asc(nextAttemptAt), asc(eventSeq))
    .limit(BATCH_SIZE)
    .as("sized");
  const order = sql`${sized.nextAttemptAt}, ${sized.due}`;
  const before = sql<number>`sum(${sized.bytes}) OVER (ORDER BY ${order}) - ${sized.bytes}`.as("before");
  const batch = db
    .select({ attempt: sized.attempt, round: sized.round, nextAttemptAt: sized.nextAttemptAt, due: sized.due, before })
    .from(sized)
    .as("batch");
  return db
    .select({
      attempt: batch.attempt,
      round: batch.round,
      seq: batch.due,
      id: events.id,
      type: events.type,
      createdAt: events.createdAt,
      workspaceId: events.workspaceId,
      siteId: events.siteId,
      environment: events.environment,
      data: sql<string>`${events.data}`,
    })
    .from(batch)
    .innerJoin(events, eq(events.seq, batch.due))
    .where(lt(batch.before, BATCH_BYTES))
    .orderBy(asc(batch.nextAttemptAt), asc(batch.due));
}

/**
 * Takes the endpoint's lease with what is due; `null` when there is nothing to do or somebody is doing it. Exactly one
 * taker succeeds, so without faults nothing is sent twice.
 */
export async function takeLease(
  db: Database,
  endpointId: number,
  { now, uuid }: Pick<Runtime, "now" | "uuid">,
): Promise<Lease | null> {
  const at = now();
  const leaseId = uuid();
  const take = db
    .update(webhookEndpoints)
    .set({ leaseId, leaseUntil: at + LEASE_MS })
    .where(isReady(endpointId, at))
    .returning();
  const isTaken = and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.leaseId, leaseId));
  const keyOf = db
    .select(getTableColumns(apiKeys))
    .from(webhookEndpoints)
    .innerJoin(apiKeys, eq(apiKeys.id, webhookEndpoints.keyId))
    .where(and(isTaken, standsFor(apiKeys, webhookEndpoints.workspaceId, at)));
  const [[endpoint], [key], rows] = await db.batch([take, keyOf, dueOf(db, endpointId, at, isTaken)]);
  if (!endpoint) return null;
  return {
    endpoint,
    key: key ?? null,
    id: leaseId,
    takenAt: at,
    due: rows.map(({ attempt, round, seq, ...event }) => ({ attempt, round, seq, event })),
  };
}

/** Nothing has changed about where to send what was taken with a lease, and nobody else has taken it. */
export function stillWanted(db: Database, { endpoint, id }: Lease) {
  const isIt = and(
    eq(webhookEndpoints.id, endpoint.id),
    eq(webhookEndpoints.leaseId, id),
    eq(webhookEndpoints.isActive, true),
    eq(webhookEndpoints.url, endpoint.url),
    isNull(webhookEndpoints.deletedAt),
  );
  return db.select({ id: webhookEndpoints.id }).from(webhookEndpoints).where(isIt);
}

/**
 * Claims endpoints for wake-ups that are about to be sent: until one of them is followed, or has been on its way for too
 * long, no other is sent. Answers those nobody works on and nobody else has claimed, in the order given.
 */
export async function claim(db: Database, endpointIds: readonly number[], now: number): Promise<number[]> {
  const { id, leaseUntil } = webhookEndpoints;
  const claimed = await db
    .update(webhookEndpoints)
    .set({ leaseId: null, leaseUntil: now + CLAIM_MS })
    .where(and(isListed(id, endpointIds), lte(leaseUntil, now)))
    .returning({ id });
  const ids = new Set(claimed.map((row) => row.id));
  return endpointIds.filter((it) => ids.has(it));
}

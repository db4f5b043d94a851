import { and, asc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints } from "../core/events/tables.ts";
import type { Runtime } from "../core/runtime.ts";
import type { Database } from "../core/storage/database.ts";
import { events } from "../core/storage/tables.ts";
import type { EventRow } from "./message.ts";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;

/** A delivery whose time has come. */
export interface DueDelivery {
  attempt: number;
  round: number;
  seq: number;
  event: EventRow;
}

/** An endpoint nobody else works on, and some of what it is due. */
export interface Lease {
  endpoint: EndpointRow;
  id: string;
  takenAt: number;
  due: DueDelivery[];
}

/**
 * Longer than a holder ever works (it starts nothing after ten seconds, and an attempt takes fifteen); short, because
 * this is how long the deliveries of one that died wait.
 */
const LEASE_MS = 30_000;
/** Deliveries taken at a time. */
const BATCH_SIZE = 10;

const isDue = (endpointId: number, at: number) =>
  and(eq(webhookDeliveries.endpointId, endpointId), lte(webhookDeliveries.nextAttemptAt, at));

/** Whether an endpoint has something to be sent. */
export const hasDue = (endpointId: number, at: number): SQL =>
  sql`EXISTS (SELECT 1 FROM ${webhookDeliveries} WHERE ${isDue(endpointId, at)})`;

/** Whether an endpoint may be worked on now and has something due. */
const isReady = (endpointId: number, at: number) =>
  and(
    eq(webhookEndpoints.id, endpointId),
    eq(webhookEndpoints.isActive, true),
    isNull(webhookEndpoints.deletedAt),
    lte(webhookEndpoints.leaseUntil, at),
    lte(webhookEndpoints.restUntil, at),
    hasDue(endpointId, at),
  );

/**
 * Takes the endpoint's lease with what is due, oldest first; `null` when there is nothing to do or somebody is doing it.
 * Exactly one taker succeeds, so without faults nothing is sent twice.
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
  const due = db
    .select({
      attempt: webhookDeliveries.attempt,
      round: webhookDeliveries.round,
      seq: webhookDeliveries.eventSeq,
      id: events.id,
      type: events.type,
      createdAt: events.createdAt,
      workspaceId: events.workspaceId,
      siteId: events.siteId,
      environment: events.environment,
      data: events.data,
    })
    .from(webhookDeliveries)
    .innerJoin(events, eq(events.seq, webhookDeliveries.eventSeq))
    .where(isDue(endpointId, at))
    .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.eventSeq))
    .limit(BATCH_SIZE);
  const [[endpoint], rows] = await db.batch([take, due]);
  if (!endpoint) return null;
  return {
    endpoint,
    id: leaseId,
    takenAt: at,
    due: rows.map(({ attempt, round, seq, ...event }) => ({ attempt, round, seq, event })),
  };
}

/** Whether nothing has changed about where to send what was taken with a lease, and nobody else has taken it. */
export async function isStillWanted(db: Database, { endpoint, id }: Lease): Promise<boolean> {
  const isIt = and(
    eq(webhookEndpoints.id, endpoint.id),
    eq(webhookEndpoints.leaseId, id),
    eq(webhookEndpoints.isActive, true),
    eq(webhookEndpoints.url, endpoint.url),
    isNull(webhookEndpoints.deletedAt),
  );
  const rows = await db.select({ id: webhookEndpoints.id }).from(webhookEndpoints).where(isIt);
  return rows.length > 0;
}

import { and, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { insertSelect, name } from "../storage/names.ts";
import { events } from "../storage/tables.ts";
import { emitted, isHeard, subscriber } from "./audience.ts";
import type { DeclaredEvent } from "./define.ts";
import { type Attempt, webhookDeliveries, webhookEndpoints } from "./tables.ts";

/** Whether endpoint `w` wants to hear of event `ev`, and may: patterns are SQLite globs, of which only `*` occurs. */
export const isSubscribed = (declared: readonly DeclaredEvent[], at: number): SQL =>
  sql`(${subscriber.siteId} IS NULL OR ${subscriber.siteId} = ${emitted.siteId})
  AND EXISTS (SELECT 1 FROM json_each(${subscriber.events}) pattern WHERE ${emitted.type} GLOB pattern.value)
  AND ${isHeard(declared, at)}`;

/** A delivery of event `ev` to endpoint `w` as it starts, column by column. */
export const newDelivery = (dueAt: number) => ({
  endpointId: subscriber.id,
  eventSeq: emitted.seq,
  eventId: emitted.id,
  eventType: emitted.type,
  status: "pending" as const,
  attempt: 0,
  round: 0,
  attempts: [] as Attempt[],
  createdAt: emitted.createdAt,
  nextAttemptAt: dueAt,
});

const { id, leaseUntil, restUntil, successCount, consecutiveFailures } = webhookEndpoints;
const waiting = alias(webhookDeliveries, "waiting");
const given = name(webhookDeliveries.endpointId);

/** Whether the receiver of an endpoint has answered, and not failed since. */
export const answers = (of: Record<"successCount" | "consecutiveFailures", SQLWrapper>): SQL =>
  sql`(${of.successCount} > 0 AND ${of.consecutiveFailures} = 0)`;

/** Which endpoint a statement has given something to deliver: the end of every statement that does. */
export const RETURNING_GIVEN: SQL = sql`RETURNING ${given} AS endpoint,
  (SELECT max(${leaseUntil}, ${restUntil}) FROM ${webhookEndpoints} WHERE ${id} = ${given}) AS busyUntil,
  (SELECT ${answers({ successCount, consecutiveFailures })} FROM ${webhookEndpoints} WHERE ${id} = ${given}) AS isAnswering,
  (SELECT min(${waiting.nextAttemptAt}) FROM ${webhookDeliveries} AS ${waiting}
    WHERE ${waiting.endpointId} = ${webhookDeliveries.endpointId} AND ${waiting.nextAttemptAt} > 0) AS waitsSince`;
/** The same where the endpoint is to be woken whatever else it waits for. */
export const RETURNING_WOKEN: SQL = sql`RETURNING ${given} AS endpoint, 0 AS busyUntil, 1 AS isAnswering, NULL AS waitsSince`;

export interface Given {
  endpoint: number;
  /** Until then somebody works on it, is on the way to, or it rests: whoever ends that looks for what has come since. */
  busyUntil: number;
  /** 1 if its receiver has answered, and not failed since. */
  isAnswering: number;
  /** What is due longest. It has been woken for what was due before. */
  waitsSince: number | null;
}

/** Endpoints that have to be woken for what they were given. */
export interface Idle {
  answering: number[];
  /** Whose receivers may be dead: nobody is to wait behind all of them at once. */
  others: number[];
}

export function idleOf(all: readonly Given[], now: number): Idle {
  const idle = all.filter(({ busyUntil, waitsSince }) => busyUntil <= now && (waitsSince ?? now) >= now);
  const idsOf = (some: readonly Given[]) => [...new Set(some.map(({ endpoint }) => endpoint))];
  return {
    answering: idsOf(idle.filter(({ isAnswering }) => isAnswering)),
    others: idsOf(idle.filter(({ isAnswering }) => !isAnswering)),
  };
}

/**
 * The outbox: makes those of an event that meet `condition` (on `emitted`) due at every active endpoint subscribed to them.
 * Part of the commit that makes the events, so that neither exists without the other (docs/architecture.md §6). An event another
 * commit has handed over already stays as it is.
 */
export const fanOut = (event: DeclaredEvent, condition: SQL, now: number): SQL =>
  sql`${handOver(event, condition, now)} ${RETURNING_GIVEN}`;

/** The same, where another statement of the commit tells of the endpoints. */
export function handOver(event: DeclaredEvent, condition: SQL, now: number): SQL {
  const isOfTenant = and(
    eq(subscriber.workspaceId, emitted.workspaceId),
    eq(subscriber.environment, emitted.environment),
  );
  const isActive = and(isNull(subscriber.deletedAt), sql`${subscriber.isActive}`);
  return insertSelect(
    webhookDeliveries,
    newDelivery(now),
    sql`FROM ${events} AS ${emitted} JOIN ${webhookEndpoints} AS ${subscriber} ON ${isOfTenant}
      WHERE ${condition} AND ${isActive} AND ${isSubscribed([event], now)} ON CONFLICT DO NOTHING`,
  );
}

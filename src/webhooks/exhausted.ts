import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { emitted, subscriber } from "../core/events/audience.ts";
import { fanOut } from "../core/events/fan-out.ts";
import { webhookDeliveries as deliveries } from "../core/events/tables.ts";
import { newId } from "../core/ids.ts";
import { insertSelect } from "../core/storage/names.ts";
import { events } from "../core/storage/tables.ts";
import { DELIVERY_EVENTS } from "./events.ts";
import type { DueDelivery, Lease } from "./lease.ts";
import type { NextStep } from "./next-step.ts";
import { toDelivery } from "./wire.ts";

const { exhausted } = DELIVERY_EVENTS;

/**
 * What tells that a delivery has used up its attempts: statements that come before its record, and find nothing to tell
 * once that has been written. No news of such news, or it would never end; and endpoints that are failing themselves are
 * not told, or a thousand of them would each be told of all the others.
 */
export function exhaustionOf({ endpoint }: Lease, due: DueDelivery, step: NextStep): SQL[] {
  const { event, seq } = due;
  if (!step.isExhausted || event.type === exhausted.type) return [];
  const { at, number, status } = step.attempt;
  const id = newId("evt", at);
  const data = toDelivery({
    endpointId: endpoint.id,
    eventSeq: seq,
    eventId: event.id,
    eventType: event.type,
    status: "failed",
    responseCode: status,
    attempt: number,
    attempts: [step.attempt],
    deliveredAt: null,
    nextAttemptAt: null,
    createdAt: event.createdAt,
  });
  const { workspaceId, environment, siteId } = endpoint;
  const row = { id, workspaceId, environment, siteId, type: exhausted.type, data, createdAt: at };
  const isDue = and(
    eq(deliveries.endpointId, endpoint.id),
    eq(deliveries.eventSeq, seq),
    eq(deliveries.attempt, due.attempt),
    isNotNull(deliveries.nextAttemptAt),
  );
  const isHealthy = eq(subscriber.consecutiveFailures, 0);
  return [
    insertSelect(events, row, sql`WHERE EXISTS (SELECT 1 FROM ${deliveries} WHERE ${isDue})`),
    fanOut(exhausted, and(eq(emitted.id, id), isHealthy) as SQL, at),
  ];
}

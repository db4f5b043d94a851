import { instant, instantOrNull } from "../core/instant.ts";
import type { Attempt, webhookDeliveries } from "../core/events/tables.ts";
import type { Ctx } from "../core/work/context.ts";
import type { EndpointRow } from "./lease.ts";
import { headersOf } from "./post.ts";
import { heardEventsOf } from "./standing.ts";

/** An endpoint as the audit log keeps it. The secret is never part of it. */
export const toWebhook = (row: EndpointRow) => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events,
  site_id: row.siteId,
  is_active: row.isActive,
  inactive_reason: row.inactiveReason,
  success_count: row.successCount,
  failure_count: row.failureCount,
  consecutive_failures: row.consecutiveFailures,
  failing_since: instantOrNull(row.failingSince),
  last_delivery_at: instantOrNull(row.lastDeliveryAt),
  previous_secret_expires_at: instantOrNull(row.previousSecretUntil),
  created_by: row.actor,
  version: row.version,
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});

/** Endpoints as the Platform API shows them: with what they hear. */
export async function shownWebhooks(ctx: Pick<Ctx, "db" | "now">, rows: readonly EndpointRow[]) {
  const heard = await heardEventsOf(ctx, rows);
  return rows.map((row, index) => ({ ...toWebhook(row), heard_events: heard[index] as string[] }));
}

/** One of them, which is also what `webhook.disabled` carries. */
export const shownWebhook = async (ctx: Pick<Ctx, "db" | "now">, row: EndpointRow) =>
  (await shownWebhooks(ctx, [row]))[0] as Awaited<ReturnType<typeof shownWebhooks>>[number];

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

const GIVEN_UP =
  "Given up before it was delivered: the endpoint was switched off, its replay cancelled, its key may not hear of this, or the event is no longer kept.";

/** What went wrong last, in words; `null` for what went right or has not been tried. */
export function lastError({ status, attempts }: Pick<DeliveryRow, "status" | "attempts">): string | null {
  if (status === "success") return null;
  const words = attempts.at(-1)?.error ?? null;
  return words ?? (status === "failed" ? GIVEN_UP : null);
}

/** When a failed delivery is tried again; one that waits for its turn has no such time. */
export const nextRetryAt = ({ status, nextAttemptAt }: Pick<DeliveryRow, "status" | "nextAttemptAt">): number | null =>
  status === "retrying" ? nextAttemptAt : null;

/** A delivery as lists show it, and as `delivery.exhausted` carries it. */
export const toDelivery = (row: Omit<DeliveryRow, "round" | "replayId">) => ({
  id: row.eventSeq,
  webhook_id: row.endpointId,
  event_id: row.eventId,
  event_type: row.eventType,
  status: row.status,
  response_code: row.responseCode,
  attempt: row.attempt,
  error: lastError(row),
  delivered_at: instantOrNull(row.deliveredAt),
  next_retry_at: instantOrNull(nextRetryAt(row)),
  created_at: instant(row.createdAt),
});

/** The headers an attempt of a delivery was made with; `null` when nothing was sent, or it was before they were kept. */
export const headersOfAttempt = ({ eventId }: Pick<DeliveryRow, "eventId">, { number, sent }: Attempt) =>
  sent ? headersOf({ id: eventId, attempt: number }, sent) : null;

const toAttempt = ({ number, at, status, durationMs, response, error }: Attempt) => ({
  attempt: number,
  attempted_at: instant(at),
  status_code: status,
  response_time_ms: durationMs,
  response_body: response,
  error,
});

/** A delivery with every attempt and what it carries. */
export const toDeliveryDetail = (row: DeliveryRow, payload: object | null) => ({
  ...toDelivery(row),
  attempts: row.attempts.map((attempt) => ({
    ...toAttempt(attempt),
    request_headers: headersOfAttempt(row, attempt),
  })),
  payload: payload as Record<string, unknown> | null,
});

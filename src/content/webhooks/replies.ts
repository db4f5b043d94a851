import { notFound } from "../../core/errors.ts";
import { timestamp, timestampOrNull } from "../../core/fields.ts";
import type { Attempt } from "../../core/events/tables.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { EndpointRow } from "../../webhooks/lease.ts";
import type { Outcome } from "../../webhooks/post.ts";
import type { CountedReplay, ShownReplay } from "../../webhooks/service/replays.ts";
import { heardEventsOf } from "../../webhooks/standing.ts";
import { type DeliveryRow, headersOfAttempt, lastError, nextRetryAt } from "../../webhooks/wire.ts";

/** Ids of this surface carry what they are of; the number is the Platform API's id of the same thing. */
export function numberOf(prefix: "wh" | "whd" | "whr", id: string, what: string): number {
  const number = new RegExp(`^${prefix}_([1-9]\\d{0,15})$`).exec(id)?.[1];
  if (number === undefined) throw notFound(what);
  return Number(number);
}

export const hookOf = ({ siteId, hookId }: { siteId: string; hookId: string }) => ({
  siteId,
  endpointId: numberOf("wh", hookId, "Webhook"),
});

const toHook = (row: EndpointRow) => ({
  id: `wh_${row.id}`,
  url: row.url,
  description: row.description,
  events: row.events,
  active: row.isActive,
  inactiveReason: row.inactiveReason,
  successCount: row.successCount,
  failCount: row.failureCount,
  consecutiveFailures: row.consecutiveFailures,
  failingSince: timestampOrNull(row.failingSince),
  lastDeliveredAt: timestampOrNull(row.lastDeliveryAt),
  previousSecretExpiresAt: timestampOrNull(row.previousSecretUntil),
  createdBy: row.actor,
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
});

/** Webhooks as this surface shows them: with what they hear. */
export async function shownHooks(ctx: Ctx, rows: readonly EndpointRow[]) {
  const heard = await heardEventsOf(ctx, rows);
  return rows.map((row, index) => ({ ...toHook(row), heardEvents: heard[index] as string[] }));
}

export const shownHook = async (ctx: Ctx, row: EndpointRow) =>
  (await shownHooks(ctx, [row]))[0] as Awaited<ReturnType<typeof shownHooks>>[number];

export const toHookReport = ({ isSuccess, status, durationMs, response, error }: Outcome) => ({
  success: isSuccess,
  statusCode: status,
  error,
  responseTimeMs: durationMs,
  responseBody: response,
});

export const toHookDelivery = (row: DeliveryRow) => ({
  id: `whd_${row.eventSeq}`,
  webhookId: `wh_${row.endpointId}`,
  eventId: row.eventId,
  eventType: row.eventType,
  status: row.status,
  responseCode: row.responseCode,
  attempt: row.attempt,
  error: lastError(row),
  deliveredAt: timestampOrNull(row.deliveredAt),
  nextRetryAt: timestampOrNull(nextRetryAt(row)),
  createdAt: timestamp(row.createdAt),
  attempts: row.attempts.map(({ number, at, status, durationMs, response, error }) => ({
    number,
    at: timestamp(at),
    statusCode: status,
    responseTimeMs: durationMs,
    responseBody: response,
    error,
  })),
});

export function toHookDeliveryDetail(row: DeliveryRow, payload: object | null) {
  const shown = toHookDelivery(row);
  const attempts = shown.attempts.map((attempt, index) => ({
    ...attempt,
    requestHeaders: headersOfAttempt(row, row.attempts[index] as Attempt),
  }));
  return { ...shown, attempts, payload: payload as Record<string, unknown> | null };
}

export const toListedHookReplay = ({ row, state, progress }: ShownReplay) => ({
  id: `whr_${row.id}`,
  status: state,
  filter: row.status,
  from: timestamp(row.fromAt),
  to: timestamp(row.toAt),
  progress,
  queued: row.queued,
  createdAt: timestamp(row.createdAt),
  finishedAt: timestampOrNull(row.finishedAt),
  cancelledAt: timestampOrNull(row.cancelledAt),
});

export const toHookReplay = ({ delivered, failed, ...replay }: CountedReplay) => ({
  ...toListedHookReplay(replay),
  delivered,
  failed,
});

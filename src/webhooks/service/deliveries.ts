import { and, eq, gt, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { conflict, DomainError, notFound } from "../../core/errors.ts";
import { RETURNING_WOKEN } from "../../core/events/fan-out.ts";
import { type DeliveryStatus, webhookDeliveries, webhookEndpoints } from "../../core/events/tables.ts";
import type { ListSource } from "../../core/storage/list.ts";
import { name } from "../../core/storage/names.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { events } from "../../core/storage/tables.ts";
import type { DeliveryRow } from "../wire.ts";
import { type EndpointId, findEndpoint, requireActive } from "./find.ts";

export const DELIVERY_STATUSES = ["pending", "success", "failed", "retrying"] as const satisfies DeliveryStatus[];

/** All of an endpoint's deliveries, counted without reading those that are done. */
function totalOf(endpointId: number) {
  const isUnfinished = and(eq(webhookDeliveries.endpointId, endpointId), isNotNull(webhookDeliveries.nextAttemptAt));
  const { id, finishedCount } = webhookEndpoints;
  return sql`coalesce((SELECT ${finishedCount} FROM ${webhookEndpoints} WHERE ${eq(id, endpointId)}), 0)
    + (SELECT count(*) FROM ${webhookDeliveries} WHERE ${isUnfinished})`;
}

/** A delivery changes with its attempts. */
const LAST_ATTEMPT_AT = sql`coalesce(${webhookDeliveries.attempts} ->> '$[#-1].at', ${webhookDeliveries.createdAt})`;

/** Which of an endpoint's deliveries are listed: by how they stand, what they tell of, and the last answer's status. */
interface DeliveryFilter {
  status?: string | undefined;
  eventType?: string | undefined;
  responseCode?: number | undefined;
}

async function conditionOf(ctx: Ctx, input: EndpointId, { status, eventType, responseCode }: DeliveryFilter) {
  const { id } = await findEndpoint(ctx, input);
  const columns = webhookDeliveries;
  const wanted = [
    status === undefined ? undefined : eq(columns.status, status as DeliveryStatus),
    eventType === undefined ? undefined : eq(columns.eventType, eventType),
    responseCode === undefined ? undefined : eq(columns.responseCode, responseCode),
  ];
  const isFiltered = wanted.some((condition) => condition !== undefined);
  const where = and(eq(columns.endpointId, id), ...wanted) as SQL;
  return { id, where, counted: isFiltered ? undefined : totalOf(id) };
}

/** An endpoint's deliveries as a numbered list. */
export async function numberedDeliveries(ctx: Ctx, input: EndpointId, filter: DeliveryFilter): Promise<NumberedSource> {
  const { where, counted } = await conditionOf(ctx, input, filter);
  return {
    table: webhookDeliveries,
    where,
    sorts: { created_at: webhookDeliveries.eventSeq },
    id: webhookDeliveries.eventSeq,
    counted,
    search: [webhookDeliveries.eventId, webhookDeliveries.eventType],
    createdAt: webhookDeliveries.createdAt,
    updatedAt: LAST_ATTEMPT_AT,
  };
}

/** The same list with cursors. */
export async function cursoredDeliveries(
  ctx: Ctx,
  input: EndpointId,
  filter: DeliveryFilter,
): Promise<ListSource<typeof webhookDeliveries>> {
  const { id, where, counted } = await conditionOf(ctx, input, filter);
  const { status = "", eventType = "", responseCode = "" } = filter;
  return {
    name: `deliveries:${id}:${status}:${eventType}:${responseCode}`,
    table: webhookDeliveries,
    id: webhookDeliveries.eventSeq,
    where,
    orders: { createdAt: webhookDeliveries.eventSeq },
    counted,
  };
}

export interface DeliveryId extends EndpointId {
  deliveryId: number;
}

export async function findDelivery(ctx: Ctx, { deliveryId, ...endpoint }: DeliveryId): Promise<DeliveryRow> {
  const { id } = await findEndpoint(ctx, endpoint);
  const isIt = and(eq(webhookDeliveries.endpointId, id), eq(webhookDeliveries.eventSeq, deliveryId));
  const [row] = await ctx.db.select().from(webhookDeliveries).where(isIt);
  if (!row) throw notFound("Delivery");
  return row;
}

/** Due before everything else: whoever retries by hand is waiting for this one, not for the backlog. */
export const FIRST = 1;

/** Whether somebody is delivering what is due at the endpoint, this among it. */
function isUnderWay({ endpointId, eventSeq }: DeliveryRow, now: number): SQL {
  const { id, leaseId, leaseUntil } = webhookEndpoints;
  const isIt = and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.eventSeq, eventSeq));
  const isHeld = and(eq(id, webhookDeliveries.endpointId), isNotNull(leaseId), gt(leaseUntil, now));
  return sql`EXISTS (SELECT 1 FROM ${webhookDeliveries} JOIN ${webhookEndpoints} ON ${isHeld}
    WHERE ${and(isIt, lte(webhookDeliveries.nextAttemptAt, now))})`;
}

/**
 * Makes a delivery due at once, whatever its schedule says, even when it has used up its attempts
 * (docs/contract.md §5).
 */
export async function retryDelivery({ ctx, input }: { ctx: Ctx; input: DeliveryId }): Promise<DeliveryRow> {
  const { isActive } = await findEndpoint(ctx, input);
  const row = await findDelivery(ctx, input);
  if (row.status === "success") {
    throw new DomainError("cannot_retry", "The delivery already succeeded.", { reason: "cannot_retry" });
  }
  if (!isActive) throw conflict("is_active", "The endpoint is switched off. Activate it first.");
  requireActive(ctx, row.endpointId);
  ctx.unit.require(
    sql`NOT ${isUnderWay(row, ctx.now)}`,
    conflict("id", "An attempt is under way: see what comes of it."),
  );
  const isKept = sql`EXISTS (SELECT 1 FROM ${events} WHERE ${eq(events.seq, row.eventSeq)})`;
  ctx.unit.require(isKept, conflict("event_id", "The event is older than 30 days and no longer kept."));
  const { endpointId, eventSeq, attempt, status, nextAttemptAt } = webhookDeliveries;
  const isIt = and(eq(endpointId, row.endpointId), eq(eventSeq, row.eventSeq));
  const isSame = and(isIt, eq(attempt, row.attempt), eq(status, row.status));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${webhookDeliveries} WHERE ${isSame})`);
  const finishedAgain = row.nextAttemptAt === null ? 1 : 0;
  ctx.unit.stage(
    ctx.db
      .update(webhookEndpoints)
      .set({ restUntil: 0, finishedCount: sql`${webhookEndpoints.finishedCount} - ${finishedAgain}` })
      .where(eq(webhookEndpoints.id, row.endpointId)),
  );
  ctx.unit.stageFanOut(
    sql`UPDATE ${webhookDeliveries} SET ${name(status)} = 'pending', ${name(nextAttemptAt)} = ${FIRST}
      WHERE ${isIt} ${RETURNING_WOKEN}`,
  );
  ctx.unit.audit("webhook.delivery_retried", { type: "webhook", id: row.endpointId, after: { delivery: row.eventId } });
  return { ...row, status: "pending", nextAttemptAt: ctx.now };
}

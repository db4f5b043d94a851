import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { webhookDeliveries as deliveries, webhookEndpoints } from "../core/events/tables.ts";
import { sendWakes } from "../core/events/wake.ts";
import type { Tenant } from "../core/work/scheduler.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { claim } from "./lease.ts";

/** Endpoints woken by one sweep; the next one goes on. */
const LIMIT = 1_000;

const endpoints = alias(webhookEndpoints, "w");
const isDue = isNotNull(deliveries.nextAttemptAt);

/**
 * Endpoints with something due now or later, `pending (endpoint)`, found without reading what is done: one step of the index
 * for each. Follows `WITH RECURSIVE`.
 */
export const PENDING: SQL = sql`pending (endpoint) AS (
    SELECT min(${deliveries.endpointId}) FROM ${deliveries} WHERE ${isDue}
    UNION ALL
    SELECT (SELECT min(${deliveries.endpointId}) FROM ${deliveries} WHERE ${isDue} AND ${deliveries.endpointId} > pending.endpoint)
    FROM pending WHERE pending.endpoint IS NOT NULL)`;
const EVERYWHERE = sql`WITH RECURSIVE ${PENDING}
  SELECT ${endpoints}.* FROM pending JOIN ${webhookEndpoints} AS ${endpoints} ON ${endpoints.id} = pending.endpoint`;

const ofTenant = ({ workspaceId, environment }: Tenant): SQL =>
  sql`SELECT * FROM ${webhookEndpoints} WHERE ${and(
    eq(webhookEndpoints.workspaceId, workspaceId),
    eq(webhookEndpoints.environment, environment),
    isNull(webhookEndpoints.deletedAt),
  )}`;

/**
 * When each of these endpoints has something to do, the earliest first; of those that have it now, before the others, the
 * ones whose receivers answer.
 */
const workOf = (some: SQL, now: number): SQL => sql`SELECT endpoint, at FROM (
    SELECT ${endpoints.id} AS endpoint, ${endpoints.consecutiveFailures} > 0 AS fails, max(${endpoints.leaseUntil},
      ${endpoints.restUntil}, (SELECT min(${deliveries.nextAttemptAt}) FROM ${deliveries}
        WHERE ${deliveries.endpointId} = ${endpoints.id} AND ${isDue})) AS at
    FROM (${some}) AS ${endpoints} WHERE ${endpoints.isActive} AND ${endpoints.deletedAt} IS NULL)
  WHERE at IS NOT NULL ORDER BY at > ${now}, at <= ${now} AND fails, at LIMIT ${LIMIT}`;

/**
 * Wakes every endpoint that should be at work and to which no wake-up is on its way: its message was lost, its worker
 * died, or the time of a retry has come. Answers when the next one has something to do; `null` when none has. Without a
 * tenant it looks everywhere.
 */
export async function sweep(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const some = tenant ? ofTenant(tenant) : EVERYWHERE;
  const found = await db.all<{ endpoint: number; at: number }>(workOf(some, now));
  const due = found.filter(({ at }) => at <= now).map(({ endpoint }) => endpoint);
  if (due.length > 0) await sendWakes(env, await claim(db, due, now));
  if (due.length === LIMIT) return now + 1;
  return found[due.length]?.at ?? null;
}

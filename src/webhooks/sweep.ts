import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { webhookDeliveries as deliveries, webhookEndpoints } from "../core/events/tables.ts";
import { answers } from "../core/events/fan-out.ts";
import { sendWakes, UNANSWERING_AT_ONCE } from "../core/events/wake.ts";
import { schedulerOf, type Tenant } from "../core/work/scheduler.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { claim } from "./lease.ts";

/** Endpoints looked at by one sweep; the next one goes on. */
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

interface Work extends Tenant {
  endpoint: number;
  at: number;
  isAnswering: number;
}

/**
 * When each of these endpoints has something to do, the earliest first; of those that have it now, before the others, the
 * ones whose receivers answer.
 */
const workOf = (some: SQL, now: number): SQL => sql`SELECT * FROM (
    SELECT ${endpoints.id} AS endpoint, ${endpoints.workspaceId} AS workspaceId, ${endpoints.environment} AS environment,
      ${answers(endpoints)} AS isAnswering, max(${endpoints.leaseUntil},
      ${endpoints.restUntil}, (SELECT min(${deliveries.nextAttemptAt}) FROM ${deliveries}
        WHERE ${deliveries.endpointId} = ${endpoints.id} AND ${isDue})) AS at
    FROM (${some}) AS ${endpoints} WHERE ${endpoints.isActive} AND ${endpoints.deletedAt} IS NULL)
  WHERE at IS NOT NULL ORDER BY at > ${now}, at <= ${now} AND NOT isAnswering, at LIMIT ${LIMIT}`;

/**
 * Wakes endpoints that should be at work and to which no wake-up is on its way: their message was lost, their worker died,
 * or the time of a retry has come. All whose receivers answer, and of the others a few. Answers when the next one has
 * something to do; `null` when none has. Without a tenant it looks everywhere, and leaves what is left of each to its scheduler.
 */
export async function sweep(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const some = tenant ? ofTenant(tenant) : EVERYWHERE;
  const found = await db.all<Work>(workOf(some, now));
  const due = found.filter(({ at }) => at <= now);
  const others = due.filter(({ isAnswering }) => !isAnswering);
  const left = others.slice(UNANSWERING_AT_ONCE);
  const woken = due.slice(0, due.length - left.length).map(({ endpoint }) => endpoint);
  if (woken.length > 0) await sendWakes(env, await claim(db, woken, now));
  if (tenant && (left.length > 0 || due.length === LIMIT)) return now + 1;
  await wakeSchedulers(env, left, now);
  return found[due.length]?.at ?? null;
}

/** Has the schedulers of these endpoints' workspaces go on. One that does not answer only costs time: the next sweep asks again. */
async function wakeSchedulers(env: Env, left: readonly Work[], now: number): Promise<void> {
  const tenants = new Map(left.map((it) => [`${it.workspaceId}:${it.environment}`, it]));
  const wake = ({ workspaceId, environment }: Tenant) => schedulerOf(env, workspaceId, environment).wakeAt(now);
  await Promise.allSettled([...tenants.values()].map(wake));
}

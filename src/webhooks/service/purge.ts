import { and, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { webhookDeliveries, webhookEndpoints as endpoints, webhookReplays } from "../../core/events/tables.ts";
import { type Database, databaseOf } from "../../core/storage/database.ts";
import { name, names } from "../../core/storage/names.ts";
import { dropSome, inSteps, ROWS_AT_ONCE } from "../../core/storage/purge.ts";
import { runBatch } from "../../core/storage/statements.ts";
import { events } from "../../core/storage/tables.ts";
import type { Env } from "../../env.ts";

const deliveries = alias(webhookDeliveries, "d");
const KEY = names(webhookDeliveries.endpointId, webhookDeliveries.eventSeq);

/** A delivery as the list of those that go names it. */
interface Listed {
  endpointId: number;
  eventSeq: number;
}

/** What endpoints, from this one on, still have of events that are no longer kept; at most one step of the primary key for each. */
const outlived = (
  from: number,
): SQL => sql`SELECT ${deliveries.endpointId} AS endpointId, ${deliveries.eventSeq} AS eventSeq
  FROM ${endpoints} JOIN ${webhookDeliveries} AS ${deliveries} ON ${deliveries.endpointId} = ${endpoints.id}
    AND ${deliveries.eventSeq} < coalesce((SELECT min(${events.seq}) FROM ${events}), ${Number.MAX_SAFE_INTEGER})
  WHERE ${endpoints.id} >= ${from} ORDER BY ${endpoints.id} LIMIT ${ROWS_AT_ONCE}`;

/** Drops what is listed, and counts how many of it were done with in the commit that drops them. */
function dropping(listed: readonly Listed[]): SQL[] {
  const rows = sql`json_each(${JSON.stringify(listed)}) listed`;
  const key = sql`listed.value ->> 'endpointId', listed.value ->> 'eventSeq'`;
  const { finishedCount } = endpoints;
  return [
    sql`UPDATE ${endpoints} SET ${name(finishedCount)} = ${finishedCount} - gone.dropped FROM (
        SELECT ${deliveries.endpointId} AS endpoint, count(*) AS dropped FROM ${rows} JOIN ${webhookDeliveries} AS ${deliveries}
        ON (${deliveries.endpointId}, ${deliveries.eventSeq}) = (${key})
        WHERE ${deliveries.nextAttemptAt} IS NULL GROUP BY ${deliveries.endpointId}) gone
      WHERE ${endpoints.id} = gone.endpoint`,
    sql`DELETE FROM ${webhookDeliveries} WHERE (${KEY}) IN (SELECT ${key} FROM ${rows})`,
  ];
}

/** Drops the deliveries of endpoints that were deleted, and those without any. */
async function purgeDeleted(db: Database): Promise<boolean> {
  const isDeleted = isNotNull(endpoints.deletedAt);
  const { endpointId, eventSeq } = webhookDeliveries;
  const where = sql`${endpointId} IN (SELECT ${endpoints.id} FROM ${endpoints} WHERE ${isDeleted})`;
  const isMore = await inSteps(() => dropSome(db, { table: webhookDeliveries, key: [endpointId, eventSeq], where }));
  const isEmpty = sql`NOT EXISTS (
    SELECT 1 FROM ${webhookDeliveries} AS ${deliveries} WHERE ${deliveries.endpointId} = ${endpoints.id})`;
  await db.delete(endpoints).where(and(isDeleted, isEmpty));
  return isMore;
}

/** Drops the deliveries of events that are no longer kept. */
function purgeOutlived(db: Database): Promise<boolean> {
  let from = 0;
  return inSteps(async () => {
    const listed = await db.all<Listed>(outlived(from));
    if (listed.length > 0) await runBatch(db, dropping(listed));
    from = listed.at(-1)?.endpointId ?? from;
    return listed.length;
  });
}

/** As long as events are kept. */
const REPLAYS_KEPT_MS = 30 * 24 * 3_600_000;

function purgeReplays(db: Database, now: number): Promise<boolean> {
  const where = lte(webhookReplays.finishedAt, now - REPLAYS_KEPT_MS);
  return inSteps(() => dropSome(db, { table: webhookReplays, key: [webhookReplays.id], where }));
}

/**
 * Drops what nobody can see any more: the deliveries of endpoints that were deleted and, `whole` alone as it looks at every
 * endpoint, those of events that are no longer kept, and old replays. Answers whether there may be more.
 */
export async function purgeWebhooks(env: Env, now: number, whole = true): Promise<boolean> {
  const db = databaseOf(env, 0);
  const isMore = await purgeDeleted(db);
  if (!whole) return isMore;
  const left = [isMore, await purgeOutlived(db), await purgeReplays(db, now)];
  return left.includes(true);
}

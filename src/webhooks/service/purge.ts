import { lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { webhookDeliveries, webhookEndpoints as endpoints, webhookReplays } from "../../core/events/tables.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { name, names } from "../../core/storage/names.ts";
import { runBatch } from "../../core/storage/statements.ts";
import { events } from "../../core/storage/tables.ts";
import type { Env } from "../../env.ts";

/** Rows dropped in one run of the cron. */
const BATCH = 2_000;

const deliveries = alias(webhookDeliveries, "d");
const KEY = names(webhookDeliveries.endpointId, webhookDeliveries.eventSeq);
const withDeliveries = sql`${endpoints} JOIN ${webhookDeliveries} AS ${deliveries} ON ${deliveries.endpointId} = ${endpoints.id}`;

const DELETED = sql`DELETE FROM ${webhookDeliveries} WHERE (${KEY}) IN (
  SELECT ${deliveries.endpointId}, ${deliveries.eventSeq} FROM ${withDeliveries}
  WHERE ${endpoints.deletedAt} IS NOT NULL LIMIT ${BATCH})`;
const EMPTY = sql`DELETE FROM ${endpoints} WHERE ${endpoints.deletedAt} IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM ${webhookDeliveries} AS ${deliveries} WHERE ${deliveries.endpointId} = ${endpoints.id})`;

/** A delivery as the list of those that go names it. */
interface Listed {
  endpointId: number;
  eventSeq: number;
}

/** What endpoints still have of events that are no longer kept; at most one step of the primary key for each. */
const OUTLIVED = sql`SELECT ${deliveries.endpointId} AS endpointId, ${deliveries.eventSeq} AS eventSeq
  FROM ${withDeliveries} AND ${deliveries.eventSeq} < (SELECT min(${events.seq}) FROM ${events}) LIMIT ${BATCH}`;

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

/** As long as events are kept. */
const REPLAYS_KEPT_MS = 30 * 24 * 3_600_000;

/** Drops the deliveries of endpoints that were deleted, and once an hour those of events that are no longer kept. */
export async function purgeWebhooks(env: Env, now: number): Promise<void> {
  const db = databaseOf(env, 0);
  await runBatch(db, [DELETED, EMPTY]);
  if (Math.floor(now / 60_000) % 60 !== 0) return;
  await db.delete(webhookReplays).where(lte(webhookReplays.finishedAt, now - REPLAYS_KEPT_MS));
  const listed = await db.all<Listed>(OUTLIVED);
  if (listed.length > 0) await runBatch(db, dropping(listed));
}

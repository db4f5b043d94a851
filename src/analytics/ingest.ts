import { sql } from "drizzle-orm";
import type { Env } from "../env.ts";
import { log } from "../core/http/log.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import { type TrackedEvent, TrackedEventSchema } from "./tracked-event.ts";

/** Wait before a batch the database did not take is delivered again. */
const RETRY_SECONDS = 60;

/**
 * Writes events in one statement. One that is already there is left alone, so a batch may be delivered any number of
 * times; one whose site or workspace is gone is dropped. The tenant is the site's, whatever the message says.
 */
async function store(db: Database, events: readonly TrackedEvent[]): Promise<void> {
  await db.run(sql`INSERT INTO analytics_events (id, workspace_id, environment, site_id, day, type, path, referrer_host,
      device, visitor, session, properties, created_at)
    SELECT e.value ->> 'id', s.workspace_id, s.environment, s.id, e.value ->> 'day', e.value ->> 'type',
      e.value ->> 'path', e.value ->> 'referrerHost', e.value ->> 'device', e.value ->> 'visitor',
      e.value ->> 'session', e.value ->> 'properties', e.value ->> 'createdAt'
    FROM json_each(${JSON.stringify(events)}) e
    JOIN sites s ON s.id = e.value ->> 'siteId'
    JOIN workspaces w ON w.id = s.workspace_id AND w.deleted_at IS NULL
    WHERE true ON CONFLICT DO NOTHING`);
}

/** Consumes a batch of the analytics queue: what cannot be read is logged and dropped, what cannot be stored comes again. */
export async function ingestTracked(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const events: TrackedEvent[] = [];
  for (const { id, body } of batch.messages) {
    const parsed = TrackedEventSchema.safeParse(body);
    if (parsed.success) events.push(parsed.data);
    else log(env.LOG_LEVEL, "error", { message: "tracked event dropped", messageId: id });
  }
  try {
    if (events.length > 0) await store(databaseOf(env, 0), events);
    batch.ackAll();
  } catch (error) {
    log(env.LOG_LEVEL, "error", { message: "tracked events not stored", detail: String(error).slice(0, 500) });
    batch.retryAll({ delaySeconds: RETRY_SECONDS });
  }
}

import { sql } from "drizzle-orm";
import type { Env } from "../env.ts";
import { log } from "../core/http/log.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import { insertSelect } from "../core/storage/names.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import { workspaces } from "../core/tenancy/workspaces/table.ts";
import { analyticsEvents } from "./table.ts";
import { type TrackedEvent, TrackedEventSchema } from "./tracked-event.ts";

/** Wait before a batch the database did not take is delivered again. */
const RETRY_SECONDS = 60;

/** A field of an event as it came from the queue, as SQL. */
const tracked = (field: keyof TrackedEvent) => sql`tracked.value ->> ${sql.raw(`'${field}'`)}`;

/**
 * Writes events in one statement. One that is already there is left alone, so a batch may be delivered any number of
 * times; one whose site or workspace is gone is dropped. The tenant is the site's, whatever the message says.
 */
async function store(db: Database, events: readonly TrackedEvent[]): Promise<void> {
  const { id: siteId, workspaceId, environment } = sites;
  await db.run(
    insertSelect(
      analyticsEvents,
      {
        id: tracked("id"),
        workspaceId,
        environment,
        siteId,
        day: tracked("day"),
        type: tracked("type"),
        path: tracked("path"),
        referrerHost: tracked("referrerHost"),
        device: tracked("device"),
        visitor: tracked("visitor"),
        session: tracked("session"),
        properties: tracked("properties"),
        createdAt: tracked("createdAt"),
      },
      sql`FROM json_each(${JSON.stringify(events)}) tracked
        JOIN ${sites} ON ${siteId} = ${tracked("siteId")}
        JOIN ${workspaces} ON ${workspaces.id} = ${workspaceId} AND ${workspaces.deletedAt} IS NULL
        WHERE true ON CONFLICT DO NOTHING`,
    ),
  );
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

import { type SQL, sql } from "drizzle-orm";
import { withheldTypes } from "./catalogue.ts";
import type { DeclaredEvent } from "./define.ts";

/** Whether endpoint `w` wants to hear of event `ev`, and may: patterns are SQLite globs, of which only `*` occurs. */
export const isSubscribed = (): SQL => sql`(w.site_id IS NULL OR w.site_id = ev.site_id)
  AND (w.access_type <> 'integrations' OR ev.type NOT IN (SELECT value FROM json_each(${JSON.stringify(withheldTypes())})))
  AND EXISTS (SELECT 1 FROM json_each(w.events) pattern WHERE ev.type GLOB pattern.value)`;

/** A delivery of event `ev` to endpoint `w` as it starts, in the order of `DELIVERY_COLUMNS`. */
export const DELIVERY_COLUMNS: SQL = sql.raw(
  "endpoint_id, event_seq, event_id, event_type, status, attempt, round, attempts, created_at, next_attempt_at",
);
export const newDelivery = (dueAt: number): SQL =>
  sql`w.id, ev.seq, ev.id, ev.type, 'pending', 0, 0, '[]', ev.created_at, ${dueAt}`;

/**
 * The outbox: makes the events that meet `condition` (on `events ev`) due at every active endpoint subscribed to them.
 * Part of the commit that makes the events, so that neither exists without the other (DESIGN §6). An event another
 * commit has handed over already stays as it is.
 */
export const fanOut = (condition: SQL, now: number): SQL => sql`
  INSERT INTO webhook_deliveries (${DELIVERY_COLUMNS})
  SELECT ${newDelivery(now)} FROM events ev
  JOIN webhook_endpoints w ON w.workspace_id = ev.workspace_id AND w.environment = ev.environment
  WHERE ${condition} AND w.deleted_at IS NULL AND w.is_active AND ${isSubscribed()}
  ON CONFLICT DO NOTHING RETURNING endpoint_id`;

/** The events of one type and site whose ids begin with the moment `prefix`: those a statement wrote without naming them. */
export const eventsOfMoment = (prefix: string, siteId: string, { type }: DeclaredEvent): SQL =>
  sql`ev.id BETWEEN ${prefix} AND ${`${prefix}~`} AND ev.site_id = ${siteId} AND ev.type = ${type}`;

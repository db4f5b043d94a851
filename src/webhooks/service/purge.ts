import type { Env } from "../../env.ts";

/** Rows dropped in one run of the cron. */
const BATCH = 2_000;

const DELETED = `DELETE FROM webhook_deliveries WHERE (endpoint_id, event_seq) IN (
  SELECT d.endpoint_id, d.event_seq FROM webhook_endpoints w JOIN webhook_deliveries d ON d.endpoint_id = w.id
  WHERE w.deleted_at IS NOT NULL LIMIT ${BATCH})`;
const EMPTY = `DELETE FROM webhook_endpoints WHERE deleted_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = webhook_endpoints.id)`;

/** What endpoints still have of events that are no longer kept; at most one step of the primary key for each. */
const OUTLIVED = `SELECT d.endpoint_id, d.event_seq FROM webhook_endpoints w JOIN webhook_deliveries d
  ON d.endpoint_id = w.id AND d.event_seq < (SELECT min(seq) FROM events) LIMIT ${BATCH}`;

/** Both take the list as found; how many of it are done with is counted in the commit that drops them. */
const FORGET = `UPDATE webhook_endpoints AS w SET settled_count = settled_count - gone.n FROM (
    SELECT d.endpoint_id, count(*) AS n FROM json_each(?1) listed JOIN webhook_deliveries d
    ON d.endpoint_id = listed.value ->> 'endpoint_id' AND d.event_seq = listed.value ->> 'event_seq'
    WHERE d.next_attempt_at IS NULL GROUP BY d.endpoint_id) gone
  WHERE w.id = gone.endpoint_id`;
const DROP = `DELETE FROM webhook_deliveries WHERE (endpoint_id, event_seq) IN (
  SELECT value ->> 'endpoint_id', value ->> 'event_seq' FROM json_each(?1))`;

/** As long as events are kept. */
const REPLAYS_KEPT_MS = 30 * 24 * 3_600_000;
const REPLAYED = "DELETE FROM webhook_replays WHERE finished_at <= ?";

/** Drops the deliveries of endpoints that were deleted, and once an hour those of events that are no longer kept. */
export async function purgeWebhooks(env: Env, now: number): Promise<void> {
  await env.DB.batch([env.DB.prepare(DELETED), env.DB.prepare(EMPTY)]);
  if (Math.floor(now / 60_000) % 60 !== 0) return;
  await env.DB.prepare(REPLAYED)
    .bind(now - REPLAYS_KEPT_MS)
    .run();
  const { results } = await env.DB.prepare(OUTLIVED).all();
  const listed = JSON.stringify(results);
  if (results.length > 0) await env.DB.batch([FORGET, DROP].map((it) => env.DB.prepare(it).bind(listed)));
}

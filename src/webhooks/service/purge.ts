import type { Env } from "../../env.ts";

/** Rows dropped in one run of the cron. */
const BATCH = 2_000;

const DELETED = `DELETE FROM webhook_deliveries WHERE (endpoint_id, event_seq) IN (
  SELECT d.endpoint_id, d.event_seq FROM webhook_endpoints w JOIN webhook_deliveries d ON d.endpoint_id = w.id
  WHERE w.deleted_at IS NOT NULL LIMIT ${BATCH})`;
const EMPTY = `DELETE FROM webhook_endpoints WHERE deleted_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = webhook_endpoints.id)`;

/** What an endpoint still has of events that are no longer kept; at most one step of the primary key for each. */
const OUTLIVED = `SELECT d.endpoint_id, d.event_seq FROM webhook_endpoints w JOIN webhook_deliveries d
  ON d.endpoint_id = w.id AND d.event_seq < (SELECT min(seq) FROM events) AND d.next_attempt_at IS NULL LIMIT ${BATCH}`;

/** Drops the deliveries of endpoints that were deleted, and once an hour those of events that are no longer kept. */
export async function purgeWebhooks(env: Env, now: number): Promise<void> {
  await env.DB.batch([env.DB.prepare(DELETED), env.DB.prepare(EMPTY)]);
  if (Math.floor(now / 60_000) % 60 !== 0) return;
  const { results } = await env.DB.prepare(OUTLIVED).all<{ endpoint_id: number; event_seq: number }>();
  if (results.length === 0) return;
  const counts = Map.groupBy(results, (row) => row.endpoint_id);
  const forget = [...counts].map(([id, rows]) =>
    env.DB.prepare("UPDATE webhook_endpoints SET settled_count = settled_count - ? WHERE id = ?").bind(rows.length, id),
  );
  const drop = env.DB.prepare(
    `DELETE FROM webhook_deliveries WHERE (endpoint_id, event_seq) IN (
      SELECT value ->> 0, value ->> 1 FROM json_each(?)) AND next_attempt_at IS NULL`,
  ).bind(JSON.stringify(results.map((row) => [row.endpoint_id, row.event_seq])));
  await env.DB.batch([drop, ...forget]);
}

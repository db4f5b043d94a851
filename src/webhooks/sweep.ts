import { sendWakes } from "../core/events/wake.ts";
import type { Tenant } from "../core/work/scheduler.ts";
import type { Env } from "../env.ts";

/** Endpoints woken by one sweep; the next one goes on. */
const LIMIT = 1_000;

/** Endpoints with something due now or later, found without reading what is done: one step of the index for each. */
export const PENDING = `pending (id) AS (
    SELECT min(endpoint_id) FROM webhook_deliveries WHERE next_attempt_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(endpoint_id) FROM webhook_deliveries WHERE next_attempt_at IS NOT NULL AND endpoint_id > pending.id)
    FROM pending WHERE pending.id IS NOT NULL)`;
const EVERYWHERE = `WITH RECURSIVE ${PENDING} SELECT w.* FROM pending JOIN webhook_endpoints w ON w.id = pending.id`;
const OF_TENANT = "SELECT * FROM webhook_endpoints WHERE workspace_id = ?2 AND environment = ?3 AND deleted_at IS NULL";

const FIND = (endpoints: string) => `SELECT id, at FROM (
    SELECT w.id, max(w.lease_until, w.rest_until, (SELECT min(d.next_attempt_at) FROM webhook_deliveries d
      WHERE d.endpoint_id = w.id AND d.next_attempt_at IS NOT NULL)) AS at
    FROM (${endpoints}) w WHERE w.is_active AND w.deleted_at IS NULL)
  WHERE at IS NOT NULL ORDER BY at LIMIT ?1`;

/**
 * Wakes every endpoint that should be at work: its message was lost, its worker died, or the time of a retry has come.
 * Answers when the next one has something to do; `null` when none has. Without a tenant it looks everywhere.
 */
export async function sweep(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const query = env.DB.prepare(FIND(tenant ? OF_TENANT : EVERYWHERE));
  const bound = tenant ? query.bind(LIMIT, tenant.workspaceId, tenant.environment) : query.bind(LIMIT);
  const { results } = await bound.all<{ id: number; at: number }>();
  const due = results.filter(({ at }) => at <= now);
  await sendWakes(
    env,
    due.map(({ id }) => id),
  );
  return results.find(({ at }) => at > now)?.at ?? null;
}

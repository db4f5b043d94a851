import type { Env } from "../../env.ts";
import { PENDING } from "../sweep.ts";
import { FIRST } from "./deliveries.ts";

const MAX_COUNTED = 10_000;

/** Both look only at what is due: a step of the index for each endpoint that has something, then no further than needed. */
const BACKLOG = `WITH RECURSIVE ${PENDING}
  SELECT
    (SELECT count(*) FROM (SELECT 1 FROM pending JOIN webhook_deliveries d
      ON d.endpoint_id = pending.id AND d.next_attempt_at <= ?1 LIMIT ${MAX_COUNTED})) AS due,
    (SELECT min(at) FROM (SELECT (SELECT min(d.next_attempt_at) FROM webhook_deliveries d
      WHERE d.endpoint_id = pending.id AND d.next_attempt_at BETWEEN ${FIRST + 1} AND ?1) AS at FROM pending)) AS oldestDueAt`;

/** Deliveries of all workspaces whose time has come, and since when the oldest waits. */
export interface WebhookBacklog {
  /** Counted to 10,000. */
  due: number;
  /** Milliseconds; `null` when nothing waits. A retry asked for by hand, which goes first, has no time of its own. */
  oldestDueAt: number | null;
}

export async function webhookBacklog(env: Env, now: number): Promise<WebhookBacklog> {
  const row = await env.DB.prepare(BACKLOG).bind(now).first<WebhookBacklog>();
  return row ?? { due: 0, oldestDueAt: null };
}

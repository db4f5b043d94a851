import { and, between, eq, lte, type SQL, sql } from "drizzle-orm";
import { webhookDeliveries as deliveries } from "../../core/events/tables.ts";
import { databaseOf } from "../../core/storage/database.ts";
import type { Env } from "../../env.ts";
import { PENDING } from "../sweep.ts";
import { FIRST } from "./deliveries.ts";

const MAX_COUNTED = 10_000;

const isOfPending = eq(deliveries.endpointId, sql`pending.endpoint`);

/** Both look only at what is due: a step of the index for each endpoint that has something, then no further than needed. */
const backlogAt = (now: number): SQL => sql`WITH RECURSIVE ${PENDING}
  SELECT
    (SELECT count(*) FROM (SELECT 1 FROM pending JOIN ${deliveries}
      ON ${and(isOfPending, lte(deliveries.nextAttemptAt, now))} LIMIT ${MAX_COUNTED})) AS due,
    (SELECT min(at) FROM (SELECT (SELECT min(${deliveries.nextAttemptAt}) FROM ${deliveries}
      WHERE ${and(isOfPending, between(deliveries.nextAttemptAt, FIRST + 1, now))}) AS at FROM pending)) AS oldestDueAt`;

/** Deliveries of all workspaces whose time has come, and since when the oldest waits. */
export interface WebhookBacklog {
  /** Counted to 10,000. */
  due: number;
  /** Milliseconds; `null` when nothing waits. A retry asked for by hand, which goes first, has no time of its own. */
  oldestDueAt: number | null;
}

export async function webhookBacklog(env: Env, now: number): Promise<WebhookBacklog> {
  const [row] = await databaseOf(env, 0).all<WebhookBacklog>(backlogAt(now));
  return row ?? { due: 0, oldestDueAt: null };
}

import { and, eq, isNotNull, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints } from "../core/events/tables.ts";
import type { Database } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import type { DueDelivery } from "./lease.ts";

/** Ends deliveries of what the key behind an endpoint may not hear of any more. No attempt is made; a replay can send them. */
export async function withhold(db: Database, endpointId: number, due: readonly DueDelivery[]): Promise<void> {
  const { eventSeq, nextAttemptAt } = webhookDeliveries;
  const isNamed = isListed(
    eventSeq,
    due.map(({ seq }) => seq),
  );
  const isDue = and(eq(webhookDeliveries.endpointId, endpointId), isNamed, isNotNull(nextAttemptAt));
  const { finishedCount } = webhookEndpoints;
  const ended = sql`(SELECT count(*) FROM ${webhookDeliveries} WHERE ${isDue})`;
  await db.batch([
    db
      .update(webhookEndpoints)
      .set({ finishedCount: sql`${finishedCount} + ${ended}` })
      .where(eq(webhookEndpoints.id, endpointId)),
    db.update(webhookDeliveries).set({ status: "failed", nextAttemptAt: null }).where(isDue),
  ]);
}

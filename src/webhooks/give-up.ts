import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints, webhookReplays } from "../core/events/tables.ts";
import type { Database } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { events } from "../core/storage/tables.ts";
import type { Ctx } from "../core/work/context.ts";
import type { DueDelivery } from "./lease.ts";

/**
 * Ends what an endpoint is still due, as far as the condition goes: it has failed without an attempt, and is counted. What had
 * been delivered, and was only to be sent again, is a success as before.
 */
export function givingUp(
  db: Database,
  endpointId: number,
  condition?: SQL,
  also: Pick<typeof webhookDeliveries.$inferInsert, "replayId"> = {},
) {
  const { nextAttemptAt } = webhookDeliveries;
  const isDue = and(eq(webhookDeliveries.endpointId, endpointId), isNotNull(nextAttemptAt), condition);
  const ended = sql`(SELECT count(*) FROM ${webhookDeliveries} WHERE ${isDue})`;
  const { finishedCount } = webhookEndpoints;
  return [
    db
      .update(webhookEndpoints)
      .set({ finishedCount: sql`${finishedCount} + ${ended}` })
      .where(eq(webhookEndpoints.id, endpointId)),
    db
      .update(webhookDeliveries)
      .set({
        status: sql`CASE WHEN ${webhookDeliveries.deliveredAt} IS NULL THEN 'failed' ELSE 'success' END`,
        nextAttemptAt: null,
        ...also,
      })
      .where(isDue),
  ] as const;
}

/** A replay makes nothing due any more at an endpoint that is switched off or deleted. */
export const endReplay = ({ db, now }: Ctx, endpointId: number) =>
  db
    .update(webhookReplays)
    .set({ finishedAt: now })
    .where(and(eq(webhookReplays.endpointId, endpointId), isNull(webhookReplays.finishedAt)));

/** Ends what is still due at an endpoint that is no longer active. Nothing is lost: it can be replayed. */
export function stageGivingUp(ctx: Ctx, endpointId: number): void {
  ctx.unit.stage(...givingUp(ctx.db, endpointId), endReplay(ctx, endpointId));
}

/** Ends deliveries whose event is no longer kept: there is nothing left to send. */
export async function endEventless(db: Database, endpointId: number): Promise<void> {
  const isEventless = sql`NOT EXISTS (SELECT 1 FROM ${events} WHERE ${eq(events.seq, webhookDeliveries.eventSeq)})`;
  await db.batch([...givingUp(db, endpointId, isEventless)]);
}

/** Ends deliveries of what the key behind an endpoint may not hear of any more. A replay can send them. */
export async function withhold(db: Database, endpointId: number, due: readonly DueDelivery[]): Promise<void> {
  const seqs = due.map(({ seq }) => seq);
  await db.batch([...givingUp(db, endpointId, isListed(webhookDeliveries.eventSeq, seqs))]);
}

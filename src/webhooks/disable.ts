import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Ctx } from "../core/work/context.ts";
import { ConcurrentChange } from "../core/errors.ts";
import { type InactiveReason, webhookDeliveries, webhookEndpoints, webhookReplays } from "../core/events/tables.ts";
import { jobContext } from "../core/work/job-context.ts";
import { nextVersion } from "../core/work/versioned.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { WEBHOOK_EVENTS } from "./events.ts";
import type { EndpointRow } from "./lease.ts";
import { DISABLE_AFTER_MS } from "./schedule.ts";
import { toWebhook } from "./wire.ts";

/** Whether an endpoint that has just failed again has done nothing else for long enough to be switched off. */
export const isFailingTooLong = ({ failingSince }: EndpointRow, now: number): boolean =>
  failingSince !== null && now - failingSince >= DISABLE_AFTER_MS;

/** A replay makes nothing due any more at an endpoint that is switched off or deleted. */
export const endReplay = ({ db, now }: Ctx, endpointId: number) =>
  db
    .update(webhookReplays)
    .set({ finishedAt: now })
    .where(and(eq(webhookReplays.endpointId, endpointId), isNull(webhookReplays.finishedAt)));

/** Ends what is still due at an endpoint that is no longer active. Nothing is lost: it can be replayed. */
export function stageGivingUp(ctx: Ctx, endpointId: number): void {
  const isDue = and(eq(webhookDeliveries.endpointId, endpointId), isNotNull(webhookDeliveries.nextAttemptAt));
  ctx.unit.stage(
    ctx.db.update(webhookDeliveries).set({ status: "failed", nextAttemptAt: null }).where(isDue),
    ctx.db
      .update(webhookEndpoints)
      .set({ finishedCount: sql`${webhookEndpoints.finishedCount} + changes()` })
      .where(eq(webhookEndpoints.id, endpointId)),
    endReplay(ctx, endpointId),
  );
}

/** Switches an endpoint off for good reason: with an event, an entry in the audit log, and nothing deleted. */
export async function disableEndpoint(
  env: Env,
  { id, url }: EndpointRow,
  reason: Exclude<InactiveReason, "deactivated">,
  now: number,
): Promise<void> {
  const [before] = await databaseOf(env, 0).select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  // Changed, deleted or successful meanwhile: then its owner's word, or the success, counts.
  if (!before?.isActive || before.url !== url) return;
  if (reason === "failing" && !isFailingTooLong(before, now)) return;
  const changes = { isActive: false, inactiveReason: reason, ...nextVersion(before, now) };
  const after = { ...before, ...changes };
  const ctx = jobContext(env, before, "job:webhooks", now);
  const isSame = and(
    eq(webhookEndpoints.id, id),
    eq(webhookEndpoints.version, before.version),
    eq(webhookEndpoints.successCount, before.successCount),
  );
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${webhookEndpoints} WHERE ${isSame})`);
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set(changes).where(eq(webhookEndpoints.id, id)));
  stageGivingUp(ctx, id);
  ctx.unit.emit(WEBHOOK_EVENTS.disabled, toWebhook(after), before.siteId);
  ctx.unit.audit("webhook.disabled", { type: "webhook", id, before: toWebhook(before), after: toWebhook(after) });
  await ctx.unit.commit().catch((error: unknown) => {
    if (!(error instanceof ConcurrentChange)) throw error;
  });
}

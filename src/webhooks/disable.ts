import { eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../core/work/context.ts";
import { ConcurrentChange } from "../core/errors.ts";
import { type InactiveReason, webhookEndpoints } from "../core/events/tables.ts";
import { jobContext } from "../core/work/job-context.ts";
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
export const endReplay = (ctx: Ctx, endpointId: number): SQL =>
  sql`UPDATE webhook_replays SET finished_at = ${ctx.now} WHERE endpoint_id = ${endpointId} AND finished_at IS NULL`;

/** Ends what is still due at an endpoint that is no longer active. Nothing is lost: it can be replayed. */
export function stageGivingUp(ctx: Ctx, endpointId: number): void {
  ctx.unit.stage(
    sql`UPDATE webhook_deliveries SET status = 'failed', next_attempt_at = NULL
      WHERE endpoint_id = ${endpointId} AND next_attempt_at IS NOT NULL`,
    sql`UPDATE webhook_endpoints SET settled_count = settled_count + changes() WHERE id = ${endpointId}`,
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
  const after = { ...before, isActive: false, inactiveReason: reason, version: before.version + 1, updatedAt: now };
  const ctx = jobContext(env, before, "job:webhooks", now);
  ctx.unit.require(
    sql`EXISTS (SELECT 1 FROM webhook_endpoints WHERE id = ${id} AND version = ${before.version}
      AND success_count = ${before.successCount})`,
  );
  ctx.unit.stage(
    sql`UPDATE webhook_endpoints SET is_active = 0, inactive_reason = ${reason}, version = ${after.version},
      updated_at = ${now} WHERE id = ${id}`,
  );
  stageGivingUp(ctx, id);
  ctx.unit.emit(WEBHOOK_EVENTS.disabled, toWebhook(after), before.siteId);
  ctx.unit.audit("webhook.disabled", { type: "webhook", id, before: toWebhook(before), after: toWebhook(after) });
  await ctx.unit.commit().catch((error: unknown) => {
    if (!(error instanceof ConcurrentChange)) throw error;
  });
}

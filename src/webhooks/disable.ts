import { and, asc, eq, lte, type SQL, sql } from "drizzle-orm";
import { ConcurrentChange } from "../core/errors.ts";
import { type InactiveReason, webhookEndpoints } from "../core/events/tables.ts";
import { jobContext } from "../core/work/job-context.ts";
import { nextVersion } from "../core/work/versioned.ts";
import { databaseOf } from "../core/storage/database.ts";
import { standsFor } from "../core/tenancy/api-keys/standing.ts";
import { apiKeys } from "../core/tenancy/api-keys/table.ts";
import type { Env } from "../env.ts";
import { WEBHOOK_EVENTS } from "./events.ts";
import { stageGivingUp } from "./give-up.ts";
import type { EndpointRow } from "./lease.ts";
import { DISABLE_AFTER_MS } from "./schedule.ts";
import { shownWebhook, toWebhook } from "./wire.ts";

/** Whether an endpoint that has just failed again has done nothing else for long enough to be switched off. */
export const isFailingTooLong = ({ failingSince }: EndpointRow, now: number): boolean =>
  failingSince !== null && now - failingSince >= DISABLE_AFTER_MS;

/** Whether no key that works stands behind an endpoint. */
const hasNoKey = (at: number): SQL => {
  const isBehind = and(eq(apiKeys.id, webhookEndpoints.keyId), standsFor(apiKeys, webhookEndpoints.workspaceId, at));
  return sql`NOT EXISTS (SELECT 1 FROM ${apiKeys} WHERE ${isBehind})`;
};

/** Endpoints paused in one run. */
const PAUSED_AT_ONCE = 50;

/** Pauses active endpoints, of one key or all, whose key has ended. Nothing has been sent to them since it did. */
export async function pauseAbandoned(env: Env, now: number, keyId?: number): Promise<void> {
  const isOfKey = keyId === undefined ? undefined : eq(webhookEndpoints.keyId, keyId);
  const abandoned = await databaseOf(env, 0)
    .select()
    .from(webhookEndpoints)
    .where(and(lte(webhookEndpoints.pausesAt, now), isOfKey))
    .orderBy(asc(webhookEndpoints.pausesAt))
    .limit(PAUSED_AT_ONCE);
  for (const endpoint of abandoned) await disableEndpoint(env, endpoint, "key_revoked", now);
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
  const changes = { isActive: false, inactiveReason: reason, pausesAt: null, ...nextVersion(before, now) };
  const after = { ...before, ...changes };
  const ctx = jobContext(env, before, "job:webhooks", now);
  const isSame = and(
    eq(webhookEndpoints.id, id),
    eq(webhookEndpoints.version, before.version),
    // A success in between says that it neither fails nor is gone; it says nothing for its key.
    reason === "key_revoked" ? hasNoKey(now) : eq(webhookEndpoints.successCount, before.successCount),
  );
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${webhookEndpoints} WHERE ${isSame})`);
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set(changes).where(eq(webhookEndpoints.id, id)));
  stageGivingUp(ctx, id);
  ctx.unit.emit(WEBHOOK_EVENTS.disabled, await shownWebhook(ctx, after), before.siteId);
  ctx.unit.audit("webhook.disabled", { type: "webhook", id, before: toWebhook(before), after: toWebhook(after) });
  await ctx.unit.commit().catch((error: unknown) => {
    if (!(error instanceof ConcurrentChange)) throw error;
  });
}

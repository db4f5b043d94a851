import { and, eq, gt } from "drizzle-orm";
import { now } from "../core/clock.ts";
import { webhookEndpoints } from "../core/events/tables.ts";
import { wakeEndpoints } from "../core/events/wake.ts";
import { schedulerOf } from "../core/work/scheduler.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { apiKeys } from "../core/tenancy/api-keys/table.ts";
import { disableEndpoint, isFailingTooLong } from "./disable.ts";
import { type EndpointRow, hasDue, takeLease } from "./lease.ts";
import type { Subscriber } from "./message.ts";
import { secretsOf } from "./sealed.ts";
import type { Slots } from "./slots.ts";
import { Wave } from "./wave.ts";

/** A consumer works on one endpoint for this long before it lets others have their turn. */
const BUDGET_MS = 10_000;

/** The key the endpoint was set up with, where that limits what it is told. */
async function subscriberOf(env: Env, { keyId, accessType }: EndpointRow): Promise<Subscriber | null> {
  if (accessType !== "integrations" || keyId === null) return null;
  const { attributes, revokedAt } = apiKeys;
  const [key] = await databaseOf(env, 0).select({ attributes, revokedAt }).from(apiKeys).where(eq(apiKeys.id, keyId));
  // No list means every attribute: a key that is no more is shown none.
  return { accessType, attributes: key && key.revokedAt === null ? key.attributes : ["(none)"] };
}

/** Sends an endpoint what it is due, until nothing is, it has to rest, or its turn is over. */
export async function drainEndpoint(env: Env, endpointId: number, slots: Slots): Promise<void> {
  const until = now() + BUDGET_MS;
  for (;;) {
    if (slots.isSpent) return wakeEndpoints(env, [endpointId]);
    const held = await takeLease(env, endpointId);
    // The lease with what is due, two for each record, what is due next, the key; or whether the endpoint rests.
    slots.spend(held ? 4 + 2 * held.due.length : 3);
    if (!held) return wakeWhenRested(env, endpointId);
    const { endpoint } = held;
    const [secrets, subscriber] = await Promise.all([secretsOf(env, endpoint, now()), subscriberOf(env, endpoint)]);
    const { next, isGone } = await new Wave(env, held, { secrets, subscriber, slots }).run();
    if (isGone) return disableEndpoint(env, endpoint, "gone", now());
    if (isFailingTooLong(endpoint, now())) await disableEndpoint(env, endpoint, "failing", now());
    if (next === null) return;
    if (next > now()) return wakeLater(env, endpoint, next);
    if (now() >= until) return wakeEndpoints(env, [endpointId]);
  }
}

/** What came while the endpoint rests waits for the end of that, not for the retry it rests for. */
async function wakeWhenRested(env: Env, endpointId: number): Promise<void> {
  const at = now();
  const [resting] = await databaseOf(env, 0)
    .select()
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.id, endpointId),
        eq(webhookEndpoints.isActive, true),
        gt(webhookEndpoints.restUntil, at),
        hasDue(endpointId, at),
      ),
    );
  if (resting) await wakeLater(env, resting, resting.restUntil);
}

/** A scheduler that does not answer only costs time: the cron looks every minute. */
async function wakeLater(env: Env, { workspaceId, environment }: EndpointRow, at: number): Promise<void> {
  await schedulerOf(env, workspaceId, environment)
    .wakeAt(at)
    .catch(() => {});
}

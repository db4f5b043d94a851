import { and, eq, gt } from "drizzle-orm";
import { findEvent } from "../core/events/catalogue.ts";
import { webhookEndpoints } from "../core/events/tables.ts";
import { wakeEndpoints } from "../core/events/wake.ts";
import type { Runtime } from "../core/runtime.ts";
import { schedulerOf } from "../core/work/scheduler.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { Batch, type BatchEnd } from "./batch.ts";
import type { InvocationBudget } from "./budget.ts";
import { disableEndpoint, isFailingTooLong } from "./disable.ts";
import { endEventless, withhold } from "./give-up.ts";
import { type DueDelivery, type EndpointRow, hasDue, isStillWanted, type Lease, takeLease } from "./lease.ts";
import { isLast } from "./next-step.ts";
import { type Message, post } from "./post.ts";
import { recordsOf } from "./record.ts";
import { signingSecrets } from "./signing-secrets.ts";
import { hears, keyBehind } from "./standing.ts";
import { allowsLoopback } from "./target.ts";

/** A consumer works on one endpoint for this long before it lets others have their turn. */
const TURN_MS = 10_000;
/** A receiver has this long for a complete answer. */
const TIMEOUT_MS = 15_000;

/** What deliveries are made with: the bindings, the world around, and what this invocation has left. */
export interface DeliveryDeps {
  env: Env;
  runtime: Runtime;
  budget: InvocationBudget;
}

/** Sends an endpoint what it is due, until nothing is, it has to rest, or its turn is over. */
export async function deliverDue(deps: DeliveryDeps, endpointId: number): Promise<void> {
  const { env, runtime, budget } = deps;
  const db = databaseOf(env, 0);
  const until = runtime.now() + TURN_MS;
  for (;;) {
    if (budget.isSpent) return wakeEndpoints(env, [endpointId]);
    const lease = await takeLease(db, endpointId, runtime);
    // The lease with what is due, a look and two for each record, what is due next, the key; or whether the endpoint rests.
    budget.spendStatements(lease ? 4 + 3 * lease.due.length : 3);
    if (!lease) return wakeWhenRested(deps, endpointId);
    const { endpoint } = lease;
    if (lease.due.length === 0) await endEventless(db, endpointId);
    const end = await deliver(deps, db, lease);
    if (end === null) return disableEndpoint(env, endpoint, "key_revoked", runtime.now());
    const { next, isGone } = end;
    if (isGone) return disableEndpoint(env, endpoint, "gone", runtime.now());
    if (isFailingTooLong(endpoint, runtime.now())) await disableEndpoint(env, endpoint, "failing", runtime.now());
    if (next === null) return;
    if (next > runtime.now()) return wakeLater(env, endpoint, next);
    if (runtime.now() >= until) return wakeEndpoints(env, [endpointId]);
  }
}

/** Delivers what was taken with the lease, as far as the key behind the endpoint may hear of it; `null` without such a key. */
async function deliver({ env, runtime, budget }: DeliveryDeps, db: Database, taken: Lease): Promise<BatchEnd | null> {
  const [secrets, key] = await Promise.all([
    signingSecrets(env, taken.endpoint, runtime.now()),
    keyBehind(db, taken.endpoint, runtime.now()),
  ]);
  if (key === null) return null;
  const isHeard = ({ event }: DueDelivery) => hears(key, findEvent(event.type), event.siteId);
  const withheld = taken.due.filter((due) => !isHeard(due));
  if (withheld.length > 0) {
    budget.spendStatements(2);
    await withhold(db, taken.endpoint.id, withheld);
  }
  const lease = { ...taken, due: taken.due.filter(isHeard) };
  const options = { timeoutMs: TIMEOUT_MS, allowLoopback: allowsLoopback(env) };
  const postIt = (message: Message) => post(message, options, runtime);
  const subscriber = key === "ours" ? null : key;
  // What tells of a delivery that has used up its attempts.
  budget.spendStatements(2 * lease.due.filter(isLast).length);
  const records = recordsOf(db, lease, (endpointIds) => wakeEndpoints(env, endpointIds));
  const isWanted = () => isStillWanted(db, lease);
  return new Batch(lease, { runtime, budget, records, isWanted, post: postIt, secrets, subscriber }).run();
}

/** What came while the endpoint rests waits for the end of that, not for the retry it rests for. */
async function wakeWhenRested({ env, runtime }: DeliveryDeps, endpointId: number): Promise<void> {
  const at = runtime.now();
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

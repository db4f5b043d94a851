import { findEvent } from "../core/events/catalogue.ts";
import { wakeEndpoints } from "../core/events/wake.ts";
import type { Runtime } from "../core/runtime.ts";
import { schedulerOf } from "../core/work/scheduler.ts";
import { wakeIdle } from "../core/work/wake-idle.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { Batch, type BatchEnd } from "./batch.ts";
import type { InvocationBudget } from "./budget.ts";
import { disableEndpoint, isFailingTooLong } from "./disable.ts";
import { endEventless, withhold } from "./give-up.ts";
import { type DueDelivery, type EndpointRow, type Lease, stillWanted, takeLease } from "./lease.ts";
import { isLast } from "./next-step.ts";
import { type Message, post } from "./post.ts";
import { recordsOf } from "./record.ts";
import { endpointContext, signingSecrets } from "./signing-secrets.ts";
import { hears } from "./standing.ts";
import { allowsLoopback } from "../core/target.ts";

/** A receiver has this long for a complete answer. */
const TIMEOUT_MS = 15_000;

/** What deliveries are made with: the bindings, the world around, and what this invocation has left. */
export interface DeliveryDeps {
  env: Env;
  runtime: Runtime;
  budget: InvocationBudget;
}

/** Sends an endpoint what it is due, over a connection of the budget, until nothing is, it has to rest, or the budget is spent. */
export async function deliverDue(deps: DeliveryDeps, endpointId: number): Promise<void> {
  const { env, runtime, budget } = deps;
  const db = databaseOf(env, 0);
  while (!budget.isSpent) {
    const lease = await takeLease(db, endpointId, runtime);
    // The lease with its key and what is due, a look before the first attempt and one before the others, three for each record.
    budget.spendStatements(lease ? (lease.due.length > 1 ? 5 : 4) + 3 * lease.due.length : 3);
    if (!lease) return;
    const { endpoint } = lease;
    if (lease.due.length === 0) await endEventless(db, endpointId);
    const end = await deliver(deps, db, lease);
    if (end === null) return disableEndpoint(env, endpoint, "key_revoked", runtime.now());
    const { next, isGone } = end;
    if (isGone) return disableEndpoint(env, endpoint, "gone", runtime.now());
    if (isFailingTooLong(endpoint, runtime.now())) await disableEndpoint(env, endpoint, "failing", runtime.now());
    if (next === null) return;
    if (next > runtime.now()) return wakeLater(env, endpoint, next);
  }
  await wakeEndpoints(env, [endpointId]);
}

/** Delivers what was taken with the lease, as far as the key behind the endpoint may hear of it; `null` without such a key. */
async function deliver({ env, runtime, budget }: DeliveryDeps, db: Database, taken: Lease): Promise<BatchEnd | null> {
  const key = taken.endpoint.keyId === null ? "ours" : taken.key;
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
  const secrets = await signingSecrets(env, endpointContext(taken.endpoint.id), taken.endpoint, runtime.now());
  const subscriber = key === "ours" ? null : key;
  // What tells of a delivery that has used up its attempts.
  budget.spendStatements(2 * lease.due.filter(isLast).length);
  const records = recordsOf(db, lease, (idle) => wakeIdle(env, taken.endpoint, idle));
  const isWanted = async () => (await stillWanted(db, lease)).length > 0;
  return new Batch(lease, { runtime, budget, records, isWanted, post: postIt, secrets, subscriber }).run();
}

/** A scheduler that does not answer only costs time: the cron looks every minute. */
async function wakeLater(env: Env, { workspaceId, environment }: EndpointRow, at: number): Promise<void> {
  await schedulerOf(env, workspaceId, environment)
    .wakeAt(at)
    .catch(() => {});
}

import { DeniedUntil } from "../errors.ts";
import type { KeyCharges } from "../limits/key-limits.ts";
import type { Ctx } from "../work/context.ts";
import { askKeyObject, releaseCall } from "./key-object-client.ts";

/** What each call was charged: work that has to be done again, as others were faster, is not charged again. */
const charged = new WeakMap<Ctx, () => Promise<void>>();

/**
 * Charges a key for what its call has turned out to be, beyond what it was let in for; throws when a limit denies it. Its
 * endpoint has `limitedBeyond`. Answers what gives the charge back, for a call that a dependency of ours has failed.
 */
export async function chargeFurther(ctx: Ctx, charges: KeyCharges): Promise<() => Promise<void>> {
  const { caller, env, ip, requestId, now } = ctx;
  const before = charged.get(ctx);
  if (before || caller.kind !== "key") return before ?? (async () => {});
  const { policy, keyId } = caller;
  const call = { ref: policy, charges, ip, idempotencyKey: null, requestId, knownVersion: policy.version };
  const { verdict, shard } = await askKeyObject(env, "content", call);
  if (verdict.kind === "limited") {
    const { deniedBy, retryAfterSeconds } = verdict;
    const limit = { ...deniedBy, resetSeconds: retryAfterSeconds };
    throw new DeniedUntil(`Rate limit exceeded: ${deniedBy.name}.`, limit, now + retryAfterSeconds * 1_000);
  }
  // What a key may no longer do is settled by the commit; here only the limit is asked.
  const chargedAt = verdict.kind === "admitted" ? verdict.at : null;
  const giveBack = async () => {
    if (chargedAt === null) return;
    const at = { keyId, requestId, idempotencyKey: null, charges, chargedAt, denied: null };
    await releaseCall(env, policy.familyId, shard, at).catch(() => {});
  };
  charged.set(ctx, giveBack);
  return giveBack;
}

import type { KeyCaller } from "../work/context.ts";
import { callerOf } from "./caller.ts";
import type { KeyPolicy } from "../keys/policy.ts";

/** The callers of keys whose policies this isolate was last sent. Only a key's object says whether a version still holds. */
const cached = new Map<number, KeyCaller>();
const LIMIT = 10_000;

export const cachedCaller = (keyId: number): KeyCaller | undefined => cached.get(keyId);

/** Takes over a policy that a key's object sent. */
export function cacheCaller(policy: KeyPolicy): KeyCaller {
  if (cached.size >= LIMIT) cached.delete(cached.keys().next().value as number);
  const caller = callerOf(policy);
  cached.set(policy.keyId, caller);
  return caller;
}

import type { KeyCaller } from "../work/context.ts";
import { callerOf } from "./caller.ts";
import type { KeyPolicy } from "../keys/policy.ts";

/** The callers of keys whose policies this isolate was last sent. Only a key's object says whether a version still holds. */
const held = new Map<number, KeyCaller>();
const LIMIT = 10_000;

export const heldCaller = (keyId: number): KeyCaller | undefined => held.get(keyId);

/** Takes over a policy that a key's object sent. */
export function holdPolicy(policy: KeyPolicy): KeyCaller {
  if (held.size >= LIMIT) held.delete(held.keys().next().value as number);
  const caller = callerOf(policy);
  held.set(policy.keyId, caller);
  return caller;
}

import { callObject } from "../call-object.ts";
import type { Arrival } from "./arrival.ts";
import { credentialOf, malformedKey, unknownKey } from "./credential.ts";
import { chargeIp } from "./ip-charge.ts";
import { isPossibleKey, isWellFormedKey } from "../keys/key-format.ts";
import { findKey, lookUpKey, recallKey } from "./key-index.ts";
import type { KeyRef } from "../keys/policy.ts";

/** The key a request carries, if it can be one at all; throws 401 otherwise. No I/O. */
export function requirePossibleKey({ env, request }: Arrival): string {
  const credential = credentialOf(request);
  if (!isPossibleKey(credential, env.IMPORTED_KEY_PREFIXES)) throw malformedKey();
  return credential;
}

/** Which key a hash belongs to. Only callers whose key nobody has met are counted by address. */
export async function identify(arrival: Arrival, hash: string): Promise<KeyRef> {
  const { env } = arrival;
  const ref = recallKey(hash) ?? (await lookUpKey(env, hash));
  if (ref) return ref;
  const found = await findInTable(arrival, hash);
  if (found) return found;
  await chargeIp(arrival, "unknown_api_keys", 1);
  throw unknownKey();
}

/**
 * The key that a value belongs to now that the one we knew it by has ended, if there is one: a value of another system may
 * have been imported again. Ours are made once, so what is known of them stays true.
 */
export async function identifyAgain(
  arrival: Arrival,
  { credential, hash }: { credential: string; hash: string },
  ended: KeyRef,
): Promise<KeyRef | null> {
  if (isWellFormedKey(credential)) return null;
  const found = await findInTable(arrival, hash);
  return found?.keyId === ended.keyId ? null : found;
}

async function findInTable(arrival: Arrival, hash: string): Promise<KeyRef | null> {
  await chargeIp(arrival, "unknown_api_keys", 0, 1);
  return callObject<KeyRef | null>(() => findKey(arrival.env, hash, arrival.waitUntil));
}

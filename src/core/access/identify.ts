import { callObject } from "../call-object.ts";
import type { Arrival } from "./arrival.ts";
import { credentialOf, malformedKey, unknownKey } from "./credential.ts";
import { chargeIp } from "./ip-charge.ts";
import { isPossibleKey } from "../keys/key-format.ts";
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
  await chargeIp(arrival, "unknown_api_keys", 0, 1);
  const found = await callObject<KeyRef | null>(() => findKey(env, hash, arrival.waitUntil));
  if (found) return found;
  await chargeIp(arrival, "unknown_api_keys", 1);
  throw unknownKey();
}

import type { Env } from "../../env.ts";
import type { KeyCaller } from "../work/context.ts";
import { DomainError, rateLimited } from "../errors.ts";
import {
  callCharges,
  type KeyCharges,
  type LimitedSurface,
  type MetricCosts,
  metricCharges,
} from "../limits/key-limits.ts";
import type { Arrival } from "./arrival.ts";
import { type Guarded, neededFor } from "./authorise.ts";
import { expiredKey, inactiveKey, unknownKey } from "./credential.ts";
import { cacheCaller, cachedCaller } from "./caller-cache.ts";
import { identify, identifyAgain, requirePossibleKey } from "./identify.ts";
import { chargeIp } from "./ip-charge.ts";
import { hashKey } from "../keys/key-format.ts";
import type { IdempotencyLock } from "./key-gate.ts";
import { askKeyObject } from "./key-object-client.ts";
import type { KeyRef, Refusal } from "../keys/policy.ts";

export interface Admission {
  caller: KeyCaller;
  /** The plaintext key, for sealing answers; never stored. */
  credential: string;
  shard: number;
  charges: KeyCharges;
  /** When its object let it in, by the object's clock. */
  chargedAt: number;
  idempotency: IdempotencyLock | null;
}

/** What a call wants to reach, as far as letting it in is concerned. */
export interface Destination {
  surface: { name: LimitedSurface };
  endpoint: Guarded & { charges?: KeyCharges; metrics?: MetricCosts };
}

const MAX_USER_AGENT = 160;

/** What a call of each operation costs: the same every time, so it is put together once. */
const costs = new WeakMap<object, KeyCharges>();

function costOf({ surface, endpoint }: Destination): KeyCharges {
  const cost = costs.get(endpoint);
  if (cost) return cost;
  const charges = { ...callCharges(surface.name), ...metricCharges(endpoint.metrics ?? {}), ...endpoint.charges };
  costs.set(endpoint, charges);
  return charges;
}

/** What is left to be charged. */
function unpaid(cost: KeyCharges, paid: KeyCharges): KeyCharges {
  const names = Object.keys(cost) as (keyof KeyCharges)[];
  return Object.fromEntries(names.map((name) => [name, Math.max(0, (cost[name] ?? 0) - (paid[name] ?? 0))]));
}

const chargesOf = ({ paid }: Arrival, to: Destination): KeyCharges =>
  Object.keys(paid).length === 0 ? costOf(to) : unpaid(costOf(to), paid);

/** Asks the key's object to let the request in; exactly one call to it. */
async function ask(arrival: Arrival, to: Destination, ref: KeyRef) {
  const { env, ip, requestId, idempotencyKey, fingerprint, request } = arrival;
  const charges = chargesOf(arrival, to);
  const cached = cachedCaller(ref.keyId);
  const userAgent = (request.headers.get("User-Agent") ?? "").slice(0, MAX_USER_AGENT);
  const { scope } = neededFor(to.endpoint, () => new URL(request.url).searchParams);
  const use = { scope, userAgent };
  const knownVersion = cached?.policy.version ?? null;
  const call = { ref, charges, ip, idempotencyKey, fingerprint, requestId, knownVersion, use };
  const { verdict, shard } = await askKeyObject(env, to.surface.name, call);
  // Without a policy the verdict speaks of the version that was cached when asking, whatever was learned since.
  return { ref, verdict, shard, charges, caller: verdict.policy ? cacheCaller(verdict.policy) : cached };
}

/** Lets a request with a key in, or throws 401, 403, 429 or 503. */
export async function admit(arrival: Arrival, to: Destination): Promise<Admission> {
  const credential = requirePossibleKey(arrival);
  const hash = await hashKey(credential);
  let answer = await ask(arrival, to, await identify(arrival, hash));
  if (answer.verdict.kind === "refused" && answer.verdict.reason === "unknown") {
    const present = await identifyAgain(arrival, { credential, hash }, answer.ref);
    if (present) answer = await ask(arrival, to, present);
  }
  const { ref, verdict, shard, charges, caller } = answer;
  if (verdict.kind === "refused") {
    if (verdict.reason === "unknown") arrival.endedKeyId = ref.keyId;
    throw await refusal(arrival, verdict.reason);
  }
  arrival.keyId = ref.keyId;
  arrival.workspaceId = ref.workspaceId;
  arrival.figures = verdict.figures;
  if (verdict.kind === "limited") throw rateLimited(verdict.deniedBy, verdict.retryAfterSeconds);
  const { at: chargedAt, idempotency } = verdict;
  return { caller: caller as KeyCaller, credential, shard, charges, chargedAt, idempotency };
}

async function refusal(arrival: Arrival, reason: Refusal): Promise<DomainError> {
  // A revoked key is answered and counted exactly like one that never existed.
  if (reason === "unknown") await chargeIp(arrival, "unknown_api_keys", 1);
  return refusedKey(arrival.env, reason);
}

/** The answer to a key that is refused whatever it calls. */
export function refusedKey(env: Env, reason: Refusal): DomainError {
  switch (reason) {
    case "expired":
      return expiredKey();
    case "inactive":
      return inactiveKey();
    case "ip_not_allowed":
      return new DomainError("forbidden", "This API key may not be used from your IP address.", { reason });
    case "no_api_access":
      return new DomainError("feature_limit_reached", "API access is not part of your plan. Upgrade to use API keys.", {
        reason,
        feature: "api_access",
        upgradeUrl: env.UPGRADE_URL,
      });
    case "unknown":
      return unknownKey();
  }
}

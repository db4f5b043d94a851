import type { Env } from "../../env.ts";
import type { Caller } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import { credentialOf, expiredKey, inactiveKey, malformedKey, unknownKey } from "../http/credential.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { Metric } from "../limits/ledger.ts";
import { ipLimiter } from "../limits/ip-object.ts";
import type { LimitFigure } from "../limit-figure.ts";
import { type Charges, type LimitDecision, Limiter } from "../limits/limiter.ts";
import { callCharges, IP_LIMITS, type IpLimitName, type LimitedSurface, metricCharges } from "../limits/plans.ts";
import { callerOf } from "./caller.ts";
import { hashKey, isPossibleKey } from "../keys/key-format.ts";
import { findKey, lookUpKey, recallKey } from "./key-index.ts";
import { askKeyObject, callObject } from "./objects.ts";
import type { KeyPolicy, KeyRef } from "../keys/policy.ts";

/** One request on its way through; what is learned of it on the way is kept here for headers and the log. */
export interface Exchange {
  env: Env;
  request: Request;
  ip: string;
  now: number;
  requestId: string;
  figures: LimitFigure[];
  keyId: number | null;
  workspaceId: number | null;
  /** As a write with a key carries it, whatever it holds. */
  idempotencyKey: string | null;
  waitUntil(work: Promise<unknown>): void;
}

export interface Admission {
  policy: KeyPolicy;
  caller: Caller;
  /** The plaintext key, for sealing answers; never stored. */
  credential: string;
  shard: number;
  charges: Charges;
  /** When its object let it in, by the object's clock. */
  chargedAt: number;
  idempotency: "acquired" | "busy" | null;
}

type Known = Pick<Admission, "policy" | "caller">;

/** Policies as key objects last sent them. Only the object says whether a version still holds. */
const known = new Map<number, Known>();
const KNOWN_LIMIT = 10_000;
const MAX_USER_AGENT = 160;

type Cost = Pick<Admission, "charges"> & { metrics: Partial<Record<Metric, number>> };

/** What a call of each operation costs: the same every time, so it is put together once. */
const costs = new WeakMap<object, Cost>();

function costOf(surface: LimitedSurface, extra: Pick<Endpoint, "charges" | "metrics">): Cost {
  const known = costs.get(extra);
  if (known) return known;
  const charges = { ...callCharges(surface), ...metricCharges(extra.metrics ?? {}), ...extra.charges };
  const cost = { charges, metrics: { api_calls: 1, ...extra.metrics } };
  costs.set(extra, cost);
  return cost;
}

/** Lets a request with a key in, or throws 401, 403, 429 or 503. Exactly one call to the key's object once the key is known. */
export async function admit(
  exchange: Exchange,
  surface: LimitedSurface,
  extra: Pick<Endpoint, "charges" | "metrics" | "scope">,
  idempotencyKey: string | null,
): Promise<Admission> {
  const { env, ip } = exchange;
  const credential = requirePossibleKey(exchange);
  const ref = await identify(exchange, await hashKey(credential));
  const { charges, metrics } = costOf(surface, extra);
  const held = known.get(ref.keyId);
  const { requestId } = exchange;
  const use = {
    scope: extra.scope,
    userAgent: (exchange.request.headers.get("User-Agent") ?? "").slice(0, MAX_USER_AGENT),
  };
  const knownVersion = held?.policy.version ?? null;
  const call = { ref, charges, metrics, ip, idempotencyKey, requestId, knownVersion, use };
  const { verdict, shard } = await askKeyObject(env, surface, call);
  // Without a policy the verdict speaks of the version that was held when asking, whatever was learned since.
  const current = verdict.policy ? learn(verdict.policy) : held;
  if (verdict.kind === "refused") throw await refusal(exchange, verdict.reason);
  exchange.keyId = ref.keyId;
  exchange.workspaceId = ref.workspaceId;
  exchange.figures = verdict.figures;
  if (verdict.kind === "limited") throw rateLimited(exchange, verdict.deniedBy, verdict.retryAfterSeconds);
  const { at: chargedAt, idempotency } = verdict;
  return { ...(current as Known), credential, shard, charges, chargedAt, idempotency };
}

/** The key a request carries, if it can be one at all; throws 401 otherwise. No I/O. */
export function requirePossibleKey({ env, request }: Exchange): string {
  const credential = credentialOf(request);
  if (!isPossibleKey(credential, env.IMPORTED_KEY_PREFIXES)) throw malformedKey();
  return credential;
}

/** Which key a hash belongs to. Only callers whose key nobody has met are counted by address. */
async function identify(exchange: Exchange, hash: string): Promise<KeyRef> {
  const { env } = exchange;
  const ref = recallKey(hash) ?? (await lookUpKey(env, hash));
  if (ref) return ref;
  await chargeIp(exchange, "unknown_api_keys", 0, 1);
  const found = await callObject<KeyRef | null>(() => findKey(env, hash, exchange.waitUntil));
  if (found) return found;
  await chargeIp(exchange, "unknown_api_keys", 1);
  throw unknownKey();
}

/** Charges a bucket of the caller's address, or throws 429. `atLeast` tokens must be there even if fewer are charged. */
export async function chargeIp(exchange: Exchange, bucket: IpLimitName, cost: number, atLeast = cost): Promise<void> {
  const limiter = ipLimiter(exchange.env, exchange.ip);
  const decision = await callObject<LimitDecision>(() => limiter.charge(bucket, cost, atLeast));
  exchange.figures = decision.figures;
  if (!decision.allowed) throw rateLimited(exchange, decision.deniedBy, decision.retryAfterSeconds);
}

function learn(policy: KeyPolicy): Known {
  if (known.size >= KNOWN_LIMIT) known.delete(known.keys().next().value as number);
  const learned = { policy, caller: callerOf(policy) };
  known.set(policy.keyId, learned);
  return learned;
}

async function refusal(exchange: Exchange, reason: string): Promise<DomainError> {
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
        upgradeUrl: exchange.env.UPGRADE_URL,
      });
    default:
      // A revoked key is answered and counted exactly like one that never existed.
      await chargeIp(exchange, "unknown_api_keys", 1);
      return unknownKey();
  }
}

/** 429 that says which limit was hit and whose it is; its figure leads the headers. */
export function rateLimited(exchange: Exchange, limit: LimitFigure, retryAfterSeconds: number): DomainError {
  exchange.figures = [limit, ...exchange.figures.filter((it) => it.name !== limit.name)];
  return new DomainError("rate_limited", `Rate limit exceeded: ${limit.name}.`, { limit, retryAfterSeconds });
}

/** What a fresh address has left, at any time: shown by answers that are given before any limit is asked. */
export const UNTOUCHED_FIGURES = new Limiter(IP_LIMITS, 0, undefined, "ip").figures({ unknown_api_keys: 0 }, 0);

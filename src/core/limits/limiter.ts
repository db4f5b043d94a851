import { type BucketPolicy, type BucketState, TokenBucket } from "./token-bucket.ts";
import { Quota, type QuotaPolicy, type QuotaState } from "./quota.ts";

/** Limits as data; the tables are in `plans.ts`. */
export interface LimitPolicy {
  buckets: BucketPolicy[];
  quotas: QuotaPolicy[];
}

/** Whose limit it is. */
export type LimitScope = "key" | "workspace" | "site" | "ip";

/** One limit as a response header shows it. */
export interface LimitFigure {
  name: string;
  scope: LimitScope;
  limit: number;
  remaining: number;
  /** Seconds until the limit is whole again. */
  resetSeconds: number;
  /** The period the limit speaks of, in seconds (`w` of `RateLimit-Policy`). */
  windowSeconds: number;
}

export type LimitDecision =
  | { allowed: true; figures: LimitFigure[] }
  | { allowed: false; deniedBy: LimitFigure; retryAfterSeconds: number; figures: LimitFigure[] };

export interface LimiterState {
  buckets: Record<string, BucketState>;
  quotas: Record<string, QuotaState>;
}

/** Units asked of each limit by name; a limit that is not named costs nothing. */
export type Charges = Record<string, number>;

/** Below this capacity a bucket's every charge is stored at once; above it, charges are stored ahead in chunks. */
export const SMALL_BUCKET = 16;

/** Seconds for `Retry-After`: whole, at least one, and long enough (RFC 9110 §10.2.3). */
const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * Several limits decided together in one synchronous step: either every one has room and all are charged,
 * or none is touched. Pure: the time is an argument, storage is the caller's.
 */
export class Limiter {
  private readonly buckets: Map<string, TokenBucket>;
  private readonly quotas: Map<string, Quota>;

  constructor(
    policy: LimitPolicy,
    now: number,
    state?: LimiterState,
    private readonly scope: LimitScope = "key",
  ) {
    this.buckets = new Map(
      policy.buckets.map((bucket) => [bucket.name, new TokenBucket(bucket, now, state?.buckets[bucket.name])]),
    );
    this.quotas = new Map(policy.quotas.map((quota) => [quota.name, new Quota(quota, now, state?.quotas[quota.name])]));
  }

  decide(charges: Charges, now: number): LimitDecision {
    for (const [name, cost] of Object.entries(charges)) {
      const bucket = this.buckets.get(name);
      if (bucket && cost > 0 && !bucket.canTake(cost, now)) {
        return this.deny(name, bucket.waitMs(cost, now) ?? bucket.fullInMs(now), charges, now);
      }
      const quota = this.quotas.get(name);
      if (quota && cost > 0 && !quota.canTake(cost, now)) return this.deny(name, quota.resetInMs(now), charges, now);
    }
    for (const [name, cost] of Object.entries(charges)) {
      this.buckets.get(name)?.take(cost);
      this.quotas.get(name)?.take(cost);
    }
    return { allowed: true, figures: this.figures(charges, now) };
  }

  /** Whether `decide` would allow it now; charges nothing. */
  wouldAllow(charges: Charges, now: number): boolean {
    return Object.entries(charges).every(
      ([name, cost]) =>
        cost <= 0 ||
        ((this.buckets.get(name)?.canTake(cost, now) ?? true) && (this.quotas.get(name)?.canTake(cost, now) ?? true)),
    );
  }

  /** Undoes a charge whose call came to nothing. */
  giveBack(charges: Charges): void {
    for (const [name, cost] of Object.entries(charges)) {
      this.buckets.get(name)?.giveBack(cost);
      this.quotas.get(name)?.giveBack(cost);
    }
  }

  private deny(name: string, waitMs: number, charges: Charges, now: number): LimitDecision {
    const figures = this.figures(charges, now);
    const deniedBy = this.figures({ [name]: 1 }, now)[0] as LimitFigure;
    return { allowed: false, deniedBy, retryAfterSeconds: wholeSeconds(waitMs), figures };
  }

  /** The figures of the limits in `charges`, in that order; unlimited quotas are left out. */
  figures(charges: Charges, now: number): LimitFigure[] {
    const figures: LimitFigure[] = [];
    for (const name of Object.keys(charges)) {
      const bucket = this.buckets.get(name);
      if (bucket) figures.push(bucketFigure(bucket, this.scope, now));
      const quota = this.quotas.get(name);
      if (quota && quota.policy.limit !== null) figures.push(quotaFigure(quota, quota.policy.limit, this.scope, now));
    }
    return figures;
  }

  /** Units used of a quota in its current period. */
  used(name: string, now: number): number {
    return this.quotas.get(name)?.usedNow(now) ?? 0;
  }

  /** Lowers a quota's count to what the ledger knows was granted: a write-ahead snapshot may have counted too many. */
  lowerUsed(name: string, used: number, now: number): void {
    const quota = this.quotas.get(name);
    if (quota) quota.giveBack(Math.max(0, quota.usedNow(now) - used));
  }

  /** The smallest capacity among the buckets in `charges`. */
  smallestCapacity(charges: Charges): number {
    let smallest = Number.POSITIVE_INFINITY;
    for (const name of Object.keys(charges)) {
      smallest = Math.min(smallest, this.buckets.get(name)?.policy.capacity ?? smallest);
    }
    return smallest;
  }

  /**
   * The state to store. With `reserve` > 0 it is written ahead: as if `reserve` more calls had been admitted.
   * A crash before the next snapshot then loses at most `reserve` calls to the caller and never admits one too many.
   * Buckets smaller than `SMALL_BUCKET` are written as they are: a call that charges one is stored at once.
   */
  snapshot(reserve = 0): LimiterState {
    const buckets: Record<string, BucketState> = {};
    for (const [name, bucket] of this.buckets) {
      buckets[name] = bucket.snapshot(bucket.policy.capacity < SMALL_BUCKET ? 0 : reserve);
    }
    const quotas: Record<string, QuotaState> = {};
    for (const [name, quota] of this.quotas) quotas[name] = quota.snapshot(reserve);
    return { buckets, quotas };
  }
}

/** `content.requests_per_minute` is shown as `requests_per_minute`: the part before the dot tells surfaces apart. */
const publicName = (name: string): string => name.slice(name.indexOf(".") + 1);

function bucketFigure(bucket: TokenBucket, scope: LimitScope, now: number): LimitFigure {
  const { name, capacity, refillTokens, refillPeriodMs } = bucket.policy;
  const limit = bucket.policy.limit ?? capacity;
  // The burst allowance is spent after `remaining` shows 0, so that it never shows more than the limit.
  const remaining = Math.max(0, Math.min(limit, bucket.available(now) - (capacity - limit)));
  return {
    name: publicName(name),
    scope,
    limit,
    remaining,
    resetSeconds: wholeSeconds(bucket.fullInMs(now)),
    windowSeconds: Math.max(1, Math.round((limit * refillPeriodMs) / refillTokens / 1000)),
  };
}

function quotaFigure(quota: Quota, limit: number, scope: LimitScope, now: number): LimitFigure {
  return {
    name: publicName(quota.policy.name),
    scope,
    limit,
    remaining: quota.available(now) ?? 0,
    resetSeconds: wholeSeconds(quota.resetInMs(now)),
    windowSeconds: quota.policy.period === "day" ? 86_400 : 2_592_000,
  };
}

import type { LimitFigure, LimitScope } from "../limit-figure.ts";
import { type BucketPolicy, type BucketState, TokenBucket } from "./token-bucket.ts";
import { Quota, type QuotaPolicy, type QuotaState } from "./quota.ts";

/** Limits as data; the tables are in `plans.ts`. */
export interface LimitPolicy {
  buckets: BucketPolicy[];
  quotas: QuotaPolicy[];
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

/** A limit smaller than this is stored with every charge; of a larger one at most a quarter, and 31, is stored ahead. */
const SMALL_LIMIT = 16;
const MAX_AHEAD = 31;

const aheadOf = (size: number): number => (size < SMALL_LIMIT ? 0 : Math.min(MAX_AHEAD, Math.floor(size / 4) - 1));

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
    const denied = this.longestWait(charges, now);
    if (denied) return this.deny(denied.name, denied.waitMs, charges, now);
    for (const [name, cost] of Object.entries(charges)) {
      this.buckets.get(name)?.take(cost);
      this.quotas.get(name)?.take(cost);
    }
    return { allowed: true, figures: this.figures(charges, now) };
  }

  /** Of the limits that have no room the one to wait for longest, so that waiting for it really admits. */
  private longestWait(charges: Charges, now: number): { name: string; waitMs: number } | null {
    let longest: { name: string; waitMs: number } | null = null;
    for (const [name, cost] of Object.entries(charges)) {
      const waitMs = cost > 0 ? this.waitMs(name, cost, now) : 0;
      if (waitMs > (longest?.waitMs ?? 0)) longest = { name, waitMs };
    }
    return longest;
  }

  private waitMs(name: string, cost: number, now: number): number {
    const bucket = this.buckets.get(name);
    if (bucket && !bucket.canTake(cost, now)) return Math.max(1, bucket.waitMs(cost, now) ?? bucket.fullInMs(now));
    const quota = this.quotas.get(name);
    return quota && !quota.canTake(cost, now) ? quota.resetInMs(now) : 0;
  }

  /** Whether `decide` would allow it now; charges nothing. */
  wouldAllow(charges: Charges, now: number): boolean {
    return this.longestWait(charges, now) === null;
  }

  /** Undoes a charge made at `chargedAt` whose call came to nothing. */
  giveBack(charges: Charges, chargedAt: number): void {
    for (const [name, cost] of Object.entries(charges)) {
      this.buckets.get(name)?.giveBack(cost, chargedAt);
      this.quotas.get(name)?.giveBack(cost, chargedAt);
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

  /** Takes units off a quota's count that were stored ahead of use and never used. */
  lowerUsed(name: string, by: number): void {
    this.quotas.get(name)?.lower(by);
  }

  /** How much of each limit in `charges` may be stored ahead of its use: what the smallest of them stands. */
  aheadFor(charges: Charges): Charges {
    const names = Object.keys(charges);
    const sizes = names.map((name) => this.buckets.get(name)?.policy.capacity ?? this.quotas.get(name)?.policy.limit);
    const ahead = Math.min(...sizes.map((size) => aheadOf(size ?? Number.POSITIVE_INFINITY)));
    return Object.fromEntries(names.map((name) => [name, ahead]));
  }

  /**
   * The state to store, written ahead: as if `ahead` had been charged too, in calls admitted before `until`.
   * A crash before the next snapshot then loses the caller at most that much and never admits one too many.
   */
  snapshot(ahead: Charges = {}, until = 0): LimiterState {
    const buckets: Record<string, BucketState> = {};
    for (const [name, bucket] of this.buckets) buckets[name] = bucket.snapshot(ahead[name], until);
    const quotas: Record<string, QuotaState> = {};
    for (const [name, quota] of this.quotas) quotas[name] = quota.snapshot(ahead[name]);
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

import type { LimitFigure, LimitScope } from "../limit-figure.ts";
import { type BucketPolicy, type BucketState, TokenBucket } from "./token-bucket.ts";
import { Quota, type QuotaPolicy, type QuotaState } from "./quota.ts";

/** Limits as data; the tables are in `key-limits.ts` and `ip-limits.ts`. */
export interface LimitPolicy<Name extends string> {
  buckets: BucketPolicy<Name>[];
  quotas: QuotaPolicy<Name>[];
  /** Names that may be charged and are not limited here: a plan without that limit has them. */
  unlimited?: Name[];
}

type LimitRow = Omit<BucketPolicy, "name"> | Omit<QuotaPolicy, "name"> | null;

/** A policy written as one row per name; `null` is a limit that is not there. No name can be left out. */
export function limitsByName<Name extends string>(rows: Record<Name, LimitRow>): LimitPolicy<Name> {
  const buckets: BucketPolicy<Name>[] = [];
  const quotas: QuotaPolicy<Name>[] = [];
  const unlimited: Name[] = [];
  for (const [name, row] of Object.entries(rows) as [Name, LimitRow][]) {
    if (row === null) unlimited.push(name);
    else if ("period" in row) quotas.push({ name, ...row });
    else buckets.push({ name, ...row });
  }
  return { buckets, quotas, unlimited };
}

export type LimitDecision =
  | { allowed: true; figures: LimitFigure[] }
  | { allowed: false; deniedBy: LimitFigure; retryAfterSeconds: number; figures: LimitFigure[] };

export interface LimiterState {
  buckets: Record<string, BucketState>;
  quotas: Record<string, QuotaState>;
}

/** Units asked of each limit by name; a limit that is not named costs nothing. */
export type Charges<Name extends string> = Partial<Record<Name, number>>;

const costsOf = <Name extends string>(charges: Charges<Name>): [Name, number][] =>
  Object.entries(charges) as [Name, number][];

/**
 * How much of a limit is stored ahead of its use at most, which is what a crash can lose: 31, and of a bucket a quarter of
 * what it holds, since it fills again; of a quota, which does not, a hundredth of what is left of it. A bucket smaller than
 * this is stored with every charge.
 */
const MAX_AHEAD = 31;
const SMALL_BUCKET = 16;

function aheadOf(limit: TokenBucket | Quota | null, now: number): number {
  if (limit instanceof TokenBucket) {
    const { capacity } = limit.policy;
    return capacity < SMALL_BUCKET ? 0 : Math.floor(capacity / 4) - 1;
  }
  return Math.floor((limit?.available(now) ?? Number.POSITIVE_INFINITY) / 100);
}

/** Seconds for `Retry-After`: whole, at least one, and long enough (RFC 9110 §10.2.3). */
const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * Several limits decided together in one synchronous step: either every one has room and all are charged,
 * or none is touched. Pure: the time is an argument, storage is the caller's.
 */
export class Limiter<Name extends string> {
  private readonly limits = new Map<Name, TokenBucket | Quota | null>();

  constructor(
    policy: LimitPolicy<Name>,
    now: number,
    state?: LimiterState,
    private readonly scope: LimitScope = "key",
  ) {
    for (const it of policy.buckets) this.limits.set(it.name, new TokenBucket(it, now, state?.buckets[it.name]));
    for (const it of policy.quotas) this.limits.set(it.name, new Quota(it, now, state?.quotas[it.name]));
    for (const name of policy.unlimited ?? []) this.limits.set(name, null);
  }

  /** `null` where there is no limit to that name. A name nobody declared is a mistake, and would be no limit at all. */
  private limitOf(name: Name): TokenBucket | Quota | null {
    const limit = this.limits.get(name);
    if (limit === undefined) throw new Error(`There is no limit called ${name}`);
    return limit;
  }

  private quotaOf(name: Name): Quota {
    const limit = this.limitOf(name);
    if (!(limit instanceof Quota)) throw new Error(`${name} counts nothing`);
    return limit;
  }

  decide(charges: Charges<Name>, now: number): LimitDecision {
    const denied = this.longestWait(charges, now);
    if (denied) return this.deny(denied.name, denied.waitMs, charges, now);
    for (const [name, cost] of costsOf(charges)) this.limitOf(name)?.take(cost);
    return { allowed: true, figures: this.figures(charges, now) };
  }

  /** Of the limits that have no room the one to wait for longest, so that waiting for it really admits. */
  private longestWait(charges: Charges<Name>, now: number): { name: Name; waitMs: number } | null {
    let longest: { name: Name; waitMs: number } | null = null;
    for (const [name, cost] of costsOf(charges)) {
      const limit = this.limitOf(name);
      const waitMs = cost > 0 && limit !== null && !limit.canTake(cost, now) ? denialMs(limit, cost, now) : 0;
      if (waitMs > (longest?.waitMs ?? 0)) longest = { name, waitMs };
    }
    return longest;
  }

  /** Whether `decide` would allow it now; charges nothing. */
  wouldAllow(charges: Charges<Name>, now: number): boolean {
    return this.longestWait(charges, now) === null;
  }

  /** What of the charges goes to buckets: how often somebody may ask, rather than how much is served. */
  ratesOf(charges: Charges<Name>): Charges<Name> {
    const rates = costsOf(charges).filter(([name]) => this.limitOf(name) instanceof TokenBucket);
    return Object.fromEntries(rates) as Charges<Name>;
  }

  /** Undoes a charge made at `chargedAt` whose call came to nothing. */
  giveBack(charges: Charges<Name>, chargedAt: number): void {
    for (const [name, cost] of costsOf(charges)) this.limitOf(name)?.giveBack(cost, chargedAt);
  }

  private deny(name: Name, waitMs: number, charges: Charges<Name>, now: number): LimitDecision {
    const figures = this.figures(charges, now);
    const deniedBy = this.figureOf(name, now) as LimitFigure;
    return { allowed: false, deniedBy, retryAfterSeconds: wholeSeconds(waitMs), figures };
  }

  /** The figures of the limits in `charges`, in that order; unlimited ones are left out. */
  figures(charges: Charges<Name>, now: number): LimitFigure[] {
    const figures: LimitFigure[] = [];
    for (const name of Object.keys(charges) as Name[]) {
      const figure = this.figureOf(name, now);
      if (figure) figures.push(figure);
    }
    return figures;
  }

  private figureOf(name: Name, now: number): LimitFigure | null {
    const limit = this.limitOf(name);
    if (limit instanceof TokenBucket) return bucketFigure(limit, this.scope, now);
    if (limit === null || limit.policy.limit === null) return null;
    return quotaFigure(limit, limit.policy.limit, this.scope, now);
  }

  /** Milliseconds until every bucket is full again. */
  fullInMs(now: number): number {
    const buckets = [...this.limits.values()].filter((limit) => limit instanceof TokenBucket);
    return Math.max(0, ...buckets.map((bucket) => bucket.fullInMs(now)));
  }

  /** Units used of a quota in its current period. */
  used(name: Name, now: number): number {
    return this.quotaOf(name).usedNow(now);
  }

  /** Takes units off a quota's count that were stored ahead of use and never used. */
  lowerUsed(name: Name, by: number): void {
    this.quotaOf(name).lower(by);
  }

  /** How much of each limit in `charges` may be stored ahead of its use: `most`, and what the smallest of them stands. */
  aheadFor(charges: Charges<Name>, now: number, most = MAX_AHEAD): Charges<Name> {
    const names = Object.keys(charges) as Name[];
    const ahead = Math.min(MAX_AHEAD, most, ...names.map((name) => aheadOf(this.limitOf(name), now)));
    return Object.fromEntries(names.map((name) => [name, ahead])) as Charges<Name>;
  }

  /**
   * The state to store, written ahead: as if `ahead` had been charged too, in calls admitted before `until`.
   * A crash before the next snapshot then loses the caller at most that much and never admits one too many.
   */
  snapshot(ahead: Charges<Name> = {}, until = 0): LimiterState {
    const buckets: Record<string, BucketState> = {};
    const quotas: Record<string, QuotaState> = {};
    for (const [name, limit] of this.limits) {
      if (limit instanceof TokenBucket) buckets[name] = limit.snapshot(ahead[name], until);
      else if (limit) quotas[name] = limit.snapshot(ahead[name]);
    }
    return { buckets, quotas };
  }
}

/** How long a limit without room for `cost` has none: until a bucket has it, or is full, or until a new period. */
const denialMs = (limit: TokenBucket | Quota, cost: number, now: number): number =>
  limit instanceof TokenBucket ? Math.max(1, limit.waitMs(cost, now) ?? limit.fullInMs(now)) : limit.resetInMs(now);

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

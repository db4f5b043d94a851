/** A token bucket: holds at most `capacity` tokens and gains `refillTokens` every `refillPeriodMs`. */
export interface BucketPolicy {
  name: string;
  capacity: number;
  refillTokens: number;
  refillPeriodMs: number;
  /** What `X-RateLimit-Limit` shows: `capacity` without the burst allowance. Defaults to `capacity`. */
  limit?: number;
}

/** What a bucket has to remember. `level` counts in 1/refillPeriodMs of a token, so that all arithmetic is on integers. */
export interface BucketState {
  level: number;
  at: number;
}

/**
 * Token bucket with exact integer arithmetic: in any interval of t ms it admits at most
 * `capacity + t × refillTokens / refillPeriodMs` tokens, and never fewer than that model.
 * A clock that steps back gives nothing and takes nothing.
 */
export class TokenBucket {
  private level: number;
  private at: number;

  constructor(
    readonly policy: BucketPolicy,
    now: number,
    state?: BucketState,
  ) {
    this.level = Math.min(state?.level ?? this.full, this.full);
    this.at = state?.at ?? now;
  }

  private get full(): number {
    return this.policy.capacity * this.policy.refillPeriodMs;
  }

  private refill(now: number): void {
    if (now <= this.at) return;
    const gained = (now - this.at) * this.policy.refillTokens;
    this.level = Math.min(this.full, this.level + gained);
    this.at = now;
  }

  /** Whole tokens left. */
  available(now: number): number {
    this.refill(now);
    return Math.floor(this.level / this.policy.refillPeriodMs);
  }

  canTake(cost: number, now: number): boolean {
    this.refill(now);
    return this.level >= cost * this.policy.refillPeriodMs;
  }

  /** Takes `cost` tokens; the caller has asked `canTake` in the same synchronous step. */
  take(cost: number): void {
    this.level -= cost * this.policy.refillPeriodMs;
  }

  giveBack(cost: number): void {
    this.level = Math.min(this.full, this.level + cost * this.policy.refillPeriodMs);
  }

  /** Milliseconds until `cost` tokens are there; `null` when the bucket can never hold that many. */
  waitMs(cost: number, now: number): number | null {
    if (cost > this.policy.capacity) return null;
    this.refill(now);
    const missing = cost * this.policy.refillPeriodMs - this.level;
    // `at` lies ahead of `now` only after the clock stepped back; the refill starts again from there.
    return missing <= 0 ? 0 : Math.ceil(missing / this.policy.refillTokens) + (this.at - now);
  }

  /** Milliseconds until the bucket is full again. */
  fullInMs(now: number): number {
    this.refill(now);
    return Math.ceil((this.full - this.level) / this.policy.refillTokens);
  }

  /** The state to store, with `reserve` tokens already taken off: see `Limiter.snapshot`. */
  snapshot(reserve = 0): BucketState {
    return { level: Math.max(0, this.level - reserve * this.policy.refillPeriodMs), at: this.at };
  }
}

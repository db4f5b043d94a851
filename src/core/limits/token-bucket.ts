/** A token bucket: holds at most `capacity` tokens and gains `refillTokens` every `refillPeriodMs`. */
export interface BucketPolicy<Name extends string = string> {
  name: Name;
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
  /** What may have been spent after the state was stored: out of reach until `heldUntil`, and taken off then. */
  held?: number;
  heldUntil?: number;
}

/** How many past levels are kept for calls that are given back; see `giveBack`. */
const MAX_PEAKS = 16;

/**
 * Token bucket with exact integer arithmetic: in any interval of t ms it admits at most
 * `capacity + t × refillTokens / refillPeriodMs` tokens, and never fewer than that model.
 * A clock that steps back gives nothing and takes nothing.
 */
export class TokenBucket {
  private level: number;
  private at: number;
  private held: number;
  private readonly heldUntil: number;
  /** Levels after a refill that were not reached again since, oldest and highest first. */
  private readonly peaks: { at: number; level: number }[] = [];

  constructor(
    readonly policy: BucketPolicy,
    now: number,
    state?: BucketState,
  ) {
    this.level = Math.min(state?.level ?? this.full, this.full);
    this.at = state?.at ?? now;
    this.held = state?.held ?? 0;
    this.heldUntil = state?.heldUntil ?? 0;
    // How high it stood before is not known: what was charged then is not given back.
    if (state) this.peaks.push({ at: Math.max(now, this.at), level: this.full });
  }

  private get full(): number {
    return this.policy.capacity * this.policy.refillPeriodMs;
  }

  private refill(now: number): void {
    if (now <= this.at) return;
    if (this.held > 0 && now >= this.heldUntil) {
      this.gain(this.heldUntil);
      this.level -= this.held;
      this.held = 0;
    }
    this.gain(now);
  }

  private gain(now: number): void {
    if (now <= this.at) return;
    this.level = Math.min(this.full, this.level + (now - this.at) * this.policy.refillTokens);
    this.at = now;
    while ((this.peaks.at(-1)?.level ?? Number.POSITIVE_INFINITY) <= this.level) this.peaks.pop();
    this.peaks.push({ at: now, level: this.level });
    if (this.peaks.length <= MAX_PEAKS) return;
    const [oldest, next] = this.peaks.splice(0, 2) as [BucketState, BucketState];
    this.peaks.unshift({ at: next.at, level: oldest.level });
  }

  /** Whole tokens left. */
  available(now: number): number {
    this.refill(now);
    return Math.max(0, Math.floor((this.level - this.held) / this.policy.refillPeriodMs));
  }

  canTake(cost: number, now: number): boolean {
    this.refill(now);
    return this.level - this.held >= cost * this.policy.refillPeriodMs;
  }

  /** Takes `cost` tokens; the caller has asked `canTake` in the same synchronous step. */
  take(cost: number): void {
    this.level -= cost * this.policy.refillPeriodMs;
  }

  /**
   * Puts the bucket where it would be had the call of `chargedAt` not been charged. What a full bucket would have
   * spilled since then is not given back, or a second burst could follow the first.
   */
  giveBack(cost: number, chargedAt: number): void {
    const since = this.peaks.filter(({ at }) => at > chargedAt);
    const peak = Math.max(this.level, ...since.map(({ level }) => level));
    const given = Math.min(this.full - peak, cost * this.policy.refillPeriodMs);
    this.level += given;
    for (const entry of since) entry.level += given;
  }

  /** Milliseconds until `cost` tokens are there; `null` when the bucket can never hold that many. */
  waitMs(cost: number, now: number): number | null {
    if (cost > this.policy.capacity) return null;
    this.refill(now);
    const wanted = cost * this.policy.refillPeriodMs;
    if (this.level - this.held >= wanted) return 0;
    let from = this.at;
    let level = this.level;
    if (wanted + this.held > this.full && this.heldUntil > from) {
      // What is held keeps the bucket below `wanted` until it is taken off.
      level = Math.min(this.full, level + (this.heldUntil - from) * this.policy.refillTokens);
      from = this.heldUntil;
    }
    const missing = wanted + this.held - level;
    // `at` lies ahead of `now` only after the clock stepped back; the refill starts again from there.
    return Math.ceil(missing / this.policy.refillTokens) + (from - now);
  }

  /** Milliseconds until the bucket is full again. */
  fullInMs(now: number): number {
    return this.waitMs(this.policy.capacity, now) ?? 0;
  }

  /** The state to store, with `ahead` tokens held until `until`: see `Limiter.snapshot`. */
  snapshot(ahead = 0, until = 0): BucketState {
    const { level, at } = this;
    const held = this.held + ahead * this.policy.refillPeriodMs;
    return held === 0 ? { level, at } : { level, at, held, heldUntil: Math.max(this.heldUntil, until) };
  }
}

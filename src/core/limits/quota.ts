import { type Period, periodEnd, periodKey } from "./period.ts";

/** At most `limit` units in each calendar period; `null` counts without limiting. */
export interface QuotaPolicy<Name extends string = string> {
  name: Name;
  period: Period;
  limit: number | null;
}

export interface QuotaState {
  period: string;
  used: number;
}

/** A counter over a fixed calendar period. A clock that steps back into an earlier period keeps counting in the later one. */
export class Quota {
  private period: string;
  private used: number;

  constructor(
    readonly policy: QuotaPolicy,
    now: number,
    state?: QuotaState,
  ) {
    this.period = state?.period ?? periodKey(policy.period, now);
    this.used = state?.used ?? 0;
  }

  private roll(now: number): void {
    const current = periodKey(this.policy.period, now);
    if (current <= this.period) return;
    this.period = current;
    this.used = 0;
  }

  usedNow(now: number): number {
    this.roll(now);
    return this.used;
  }

  /** Units left; `null` where there is no limit. Never negative, even after the limit was lowered. */
  available(now: number): number | null {
    this.roll(now);
    return this.policy.limit === null ? null : Math.max(0, this.policy.limit - this.used);
  }

  canTake(cost: number, now: number): boolean {
    const available = this.available(now);
    return available === null || available >= cost;
  }

  take(cost: number): void {
    this.used += cost;
  }

  /** Undoes a charge made at `chargedAt`; one of an earlier period is history. */
  giveBack(cost: number, chargedAt: number): void {
    if (periodKey(this.policy.period, chargedAt) === this.period) this.lower(cost);
  }

  lower(by: number): void {
    this.used = Math.max(0, this.used - by);
  }

  /** Until the end of the period it counts in, which lies ahead of `now` after the clock stepped back. */
  resetInMs(now: number): number {
    this.roll(now);
    return periodEnd(this.policy.period, Date.parse(this.period)) - now;
  }

  /** The state to store, `ahead` units already counted: see `Limiter.snapshot`. */
  snapshot(ahead = 0): QuotaState {
    return { period: this.period, used: this.used + ahead };
  }
}

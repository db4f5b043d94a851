import type { Charges, Limiter, LimiterState } from "./limiter.ts";
import { periodEnd } from "./period.ts";

/** What is stored ahead of use is good for this long, which is also how soon an object in use stores exact figures. */
const AHEAD_MS = 10_000;
/** Gradually: one call is stored ahead for so many of the last ten to twenty seconds. */
const CALLS_PER_CALL_AHEAD = 16;

/**
 * Decides when a limiter's state has to be stored so that a crash never admits one call too many: each stored state
 * counts more than was charged, and the calls it counts already need no write of their own.
 */
export class WriteAhead<Name extends string> {
  /** Charges to come that the stored state counts, by limit. */
  private ahead: Charges<Name> = {};
  private until = 0;
  /** Calls of the present ten seconds, by their number, and of those just before them. */
  private recent = { span: 0, calls: 0, before: 0 };

  /**
   * `isGradual`: the busier it is, the more is stored ahead. Somebody who calls now and then is counted exactly, across
   * crashes too, and steady load is not written with every call.
   */
  constructor(private readonly isGradual = false) {}

  /** The state to store before a call that was just charged is answered; `null` when what is stored counts it. */
  stateToStore(limiter: Limiter<Name>, charges: Charges<Name>, now: number): LimiterState | null {
    const recent = this.countRecent(now);
    if (now >= this.until) this.ahead = {};
    const costs = Object.entries(charges) as [Name, number][];
    if (costs.every(([name, cost]) => cost <= (this.ahead[name] ?? 0))) {
      for (const [name, cost] of costs) this.ahead[name] = (this.ahead[name] ?? 0) - cost;
      return null;
    }
    Object.assign(
      this.ahead,
      limiter.aheadFor(charges, now, this.isGradual ? Math.floor(recent / CALLS_PER_CALL_AHEAD) : undefined),
    );
    // A new day starts from nothing, which a count stored the day before does not cover.
    this.until = Math.min(now + AHEAD_MS, periodEnd("day", now));
    return limiter.snapshot(this.ahead, this.until);
  }

  private countRecent(now: number): number {
    const { recent } = this;
    const span = Math.floor(now / AHEAD_MS);
    // A clock that steps back goes on in the span it was in.
    if (span > recent.span) this.recent = { span, calls: 0, before: span === recent.span + 1 ? recent.calls : 0 };
    this.recent.calls += 1;
    return this.recent.calls + this.recent.before;
  }

  /** The exact state: nothing is counted ahead any more. */
  exactState(limiter: Limiter<Name>): LimiterState {
    this.ahead = {};
    return limiter.snapshot();
  }
}

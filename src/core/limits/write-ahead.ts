import type { Charges, Limiter, LimiterState } from "./limiter.ts";
import { periodEnd } from "./period.ts";

/** What is stored ahead of use is good for this long, which is also how soon an object in use stores exact figures. */
const AHEAD_MS = 10_000;

/**
 * Decides when a limiter's state has to be stored so that a crash never admits one call too many: each stored state
 * counts more than was charged, and the calls it counts already need no write of their own.
 */
export class WriteAhead<Name extends string> {
  /** Charges to come that the stored state counts, by limit. */
  private ahead: Charges<Name> = {};
  private until = 0;

  /** The state to store before a call that was just charged is answered; `null` when what is stored counts it. */
  stateToStore(limiter: Limiter<Name>, charges: Charges<Name>, now: number): LimiterState | null {
    if (now >= this.until) this.ahead = {};
    const costs = Object.entries(charges) as [Name, number][];
    if (costs.every(([name, cost]) => cost <= (this.ahead[name] ?? 0))) {
      for (const [name, cost] of costs) this.ahead[name] = (this.ahead[name] ?? 0) - cost;
      return null;
    }
    Object.assign(this.ahead, limiter.aheadFor(charges));
    // A new day starts from nothing, which a count stored the day before does not cover.
    this.until = Math.min(now + AHEAD_MS, periodEnd("day", now));
    return limiter.snapshot(this.ahead, this.until);
  }

  /** The exact state: nothing is counted ahead any more. */
  exactState(limiter: Limiter<Name>): LimiterState {
    this.ahead = {};
    return limiter.snapshot();
  }
}

import type { LimitFigure } from "../limit-figure.ts";

/** Calls remembered at most; of more, those denied first are decided afresh. */
const MAX_DENIALS = 100;

/** A limit beyond the key's own that has denied a call, as it stood then, and when it was said to let the call in. */
export interface Denial {
  by: LimitFigure;
  until: number;
}

/**
 * Calls that a limit beyond the key's own has denied: who goes on asking is answered from here until the time he was
 * told, at no cost to whoever keeps that limit.
 */
export class Denials {
  private readonly calls = new Map<string, Denial>();

  remember(call: string, denial: Denial, now: number): void {
    for (const [name, { until }] of this.calls) if (until <= now) this.calls.delete(name);
    if (this.calls.size >= MAX_DENIALS) this.calls.delete(this.calls.keys().next().value as string);
    this.calls.set(call, denial);
  }

  /** The limit that denies a call for the time that is left; `null` for one that may be let in. */
  find(call: string, now: number): LimitFigure | null {
    const denial = this.calls.get(call);
    if (!denial || denial.until <= now) return null;
    return { ...denial.by, resetSeconds: Math.ceil((denial.until - now) / 1000) };
  }
}

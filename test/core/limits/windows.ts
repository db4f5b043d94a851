import type { BucketPolicy } from "../../../src/core/limits/token-bucket.ts";

/** Something admitted: how much, and at which moment of a clock that never steps back. */
export interface Admitted {
  at: number;
  cost: number;
}

/**
 * The window in which more was admitted than capacity + rate × t, or `null`. Looks at every window that starts and ends
 * with an admitted call; integers throughout.
 */
export function exceededWindow(policy: BucketPolicy, admitted: readonly Admitted[]): [Admitted, Admitted] | null {
  const { capacity, refillTokens, refillPeriodMs } = policy;
  for (const [index, first] of admitted.entries()) {
    let sum = 0;
    for (const last of admitted.slice(index)) {
      sum += last.cost;
      const allowed = capacity * refillPeriodMs + (last.at - first.at) * refillTokens;
      if (sum * refillPeriodMs > allowed) return [first, last];
    }
  }
  return null;
}

/** The level of an ideal bucket, full at first, after these calls and at `now`, in 1/refillPeriodMs of a token. */
export function idealLevel(policy: BucketPolicy, admitted: readonly Admitted[], now: number): number {
  const { capacity, refillTokens, refillPeriodMs } = policy;
  const full = capacity * refillPeriodMs;
  let level = full;
  let since = 0;
  for (const { at, cost } of [...admitted, { at: now, cost: 0 }]) {
    level = Math.min(full, level + (at - since) * refillTokens) - cost * refillPeriodMs;
    since = at;
  }
  return level;
}

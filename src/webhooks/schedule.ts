const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Waits after the first, second, … failed attempt (docs/contract.md §7); after the last of them a delivery has failed.
 */
export const RETRY_STEPS_MS: readonly number[] = [
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  24 * HOUR,
];

/** An endpoint that did nothing but fail for this long, again and again, is switched off. */
export const DISABLE_AFTER_MS = 120 * HOUR;

const MAX_RETRY_AFTER_MS = 24 * HOUR;

/**
 * Failures further apart than this do not count as one run: nobody knows what was in between. Being half a day less than
 * the above, it lets a run be no fewer than three failures with at least half a day between the ends of it and another.
 */
export const MAX_QUIET_MS = DISABLE_AFTER_MS - 12 * HOUR;

/** How far a wait may differ from its step, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * Milliseconds until the next attempt, `null` when there is none left. `failures` counts from 1; `random` is in [0, 1).
 * What the receiver asks for in `Retry-After` is honoured up to a day, the longest step.
 */
export function retryDelayMs(failures: number, random: number, retryAfterMs: number | null): number | null {
  const step = RETRY_STEPS_MS[failures - 1];
  if (step === undefined) return null;
  const jittered = Math.round(step * (1 - JITTER + 2 * JITTER * random));
  return retryAfterMs === null ? jittered : Math.max(jittered, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What is waited before each further attempt, ±20 %. With the first one there are nine, over some two days. */
const RETRY_STEPS_MS = [
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** Attempts of the schedule. What was begun more often takes its worker down each time. */
export const MAX_ATTEMPTS = RETRY_STEPS_MS.length + 1;

/**
 * How long is waited after so many attempts, at least what the provider asks for; `null` once there were enough. `random` is
 * in [0, 1).
 */
export function retryDelayMs(attempts: number, random: number, askedMs = 0): number | null {
  const step = RETRY_STEPS_MS[attempts - 1];
  if (step === undefined) return null;
  return Math.max(askedMs, Math.round(step * (0.8 + 0.4 * random)));
}

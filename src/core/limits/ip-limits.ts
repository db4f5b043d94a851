import { Limiter, type LimitPolicy, limitsByName } from "./limiter.ts";

/** Per-address buckets of visitors and of callers without a valid key (document 004; pixel: document 002). */
const RATES = {
  frontend: { capacity: 100, refillTokens: 167, refillPeriodMs: 100_000 },
  // What pages load and is not in memory: the pages themselves are all that a visitor is counted for.
  assets: { capacity: 100, refillTokens: 167, refillPeriodMs: 100_000 },
  // A page may show many pictures at once.
  media: { capacity: 600, refillTokens: 600, refillPeriodMs: 60_000 },
  sign_in: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  checkout: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  // Bookings and reservations; forms of pages; consent to news by push and e-mail.
  booking: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  form_submission: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  subscription: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  pixel: { capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
  unknown_api_keys: { capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
};

export type IpLimitName = keyof typeof RATES;

export const IP_LIMITS: LimitPolicy<IpLimitName> = limitsByName<IpLimitName>(RATES);

/** What a fresh address has left, at any time: shown by answers that are given before any limit is asked. */
export const UNTOUCHED_FIGURES = new Limiter(IP_LIMITS, 0, undefined, "ip").figures({ unknown_api_keys: 0 }, 0);

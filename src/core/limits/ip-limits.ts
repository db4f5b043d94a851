import { type LimitPolicy, limitsByName } from "./limiter.ts";

/** Per-address buckets of visitors and of callers without a valid key (document 004; pixel: document 002). */
const RATES = {
  frontend: { capacity: 100, refillTokens: 167, refillPeriodMs: 100_000 },
  sign_in: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  checkout: { capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
  pixel: { capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
  unknown_api_keys: { capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
};

export type IpLimitName = keyof typeof RATES;

export const IP_LIMITS: LimitPolicy<IpLimitName> = limitsByName<IpLimitName>(RATES);

import { type Charges, type LimitPolicy, limitsByName } from "./limiter.ts";
import type { Metric } from "./metric.ts";
import type { Plan } from "./plans.ts";
import type { QuotaPolicy } from "./quota.ts";
import { shardsFor, shareOf } from "./shards.ts";
import type { BucketPolicy } from "./token-bucket.ts";

/** The surfaces that limit calls made with a key. */
export type LimitedSurface = "content" | "platform" | "delivery";

/** Every limit and every counter a key's object holds. A new name needs a row in `keyLimits`, or it does not compile. */
export type KeyLimitName =
  | `${LimitedSurface}.requests_per_minute`
  | "content.requests_per_second"
  | "content.requests_per_day"
  | "ai_requests"
  | "key.daily_api_calls"
  | `key.monthly_${Metric}`;

/** What a call costs of the limits of its key. */
export type KeyCharges = Charges<KeyLimitName>;

type Bucket = Omit<BucketPolicy, "name">;
type Quota = Omit<QuotaPolicy, "name">;

const perMinute = (count: number): Bucket => ({
  capacity: count,
  // A bucket of nothing still has a rate to divide by.
  refillTokens: Math.max(1, count),
  refillPeriodMs: 60_000,
});

const perSecond = (count: number): Bucket => ({ capacity: count, refillTokens: count, refillPeriodMs: 1_000 });

const perDay = (limit: number | null): Quota => ({ period: "day", limit });
const perMonth = (limit: number | null): Quota => ({ period: "month", limit });

/**
 * The buckets and quotas one key object holds. `monthlyCap` is the key's own, `null` for none: the ledger of the workspace
 * divides it among the key's objects, of which none ever has more than the whole.
 */
export function keyLimits(plan: Plan, monthlyCap: number | null, shard = 0): LimitPolicy<KeyLimitName> {
  const shards = shardsFor(plan);
  const { content } = plan;
  const platformLimit = shareOf(plan.platform.perMinute, shard, shards);
  const burst = Math.floor((platformLimit * plan.platform.burstPercent) / 100);
  return limitsByName<KeyLimitName>({
    "content.requests_per_minute": perMinute(content.perMinute),
    "platform.requests_per_minute": {
      ...perMinute(platformLimit),
      capacity: platformLimit + burst,
      limit: platformLimit,
    },
    // Document 004: the external API has 60 tokens, refilled at 1.0 a second.
    "delivery.requests_per_minute": { capacity: 60, refillTokens: 1, refillPeriodMs: 1_000 },
    // Document 000: generate, translate and assist, at most 2 a minute.
    ai_requests: perMinute(2),
    "content.requests_per_second": content.perSecond === null ? null : perSecond(content.perSecond),
    "content.requests_per_day": perDay(content.perDay),
    "key.monthly_api_calls": perMonth(monthlyCap),
    "key.monthly_mcp_calls": perMonth(null),
    "key.monthly_ai_tokens": perMonth(null),
    "key.daily_api_calls": perDay(null),
  });
}

const CALL_COUNTERS = { "key.monthly_api_calls": 1, "key.daily_api_calls": 1 };

/** The limit shown in `X-RateLimit-*` stands first. */
const CALL_CHARGES: Record<LimitedSurface, KeyCharges> = {
  content: {
    "content.requests_per_minute": 1,
    "content.requests_per_second": 1,
    "content.requests_per_day": 1,
    ...CALL_COUNTERS,
  },
  platform: { "platform.requests_per_minute": 1, ...CALL_COUNTERS },
  delivery: { "delivery.requests_per_minute": 1, ...CALL_COUNTERS },
};

/** What one call on a surface costs. */
export const callCharges = (surface: LimitedSurface): Readonly<KeyCharges> => CALL_CHARGES[surface];

/** The key's own counter of each monthly allowance of its workspace: what is charged to it is drawn from the allowance. */
export const COUNTER_OF: Readonly<Record<Metric, `key.monthly_${Metric}`>> = {
  api_calls: "key.monthly_api_calls",
  mcp_calls: "key.monthly_mcp_calls",
  ai_tokens: "key.monthly_ai_tokens",
};

/** Units of the workspace's monthly allowances that a call draws besides itself. */
export type MetricCosts = Partial<Record<Exclude<Metric, "api_calls">, number>>;

/** Monthly allowances as charges of the counters they are drawn by. */
export const metricCharges = (costs: MetricCosts): KeyCharges =>
  Object.fromEntries(Object.entries(costs).map(([metric, cost]) => [COUNTER_OF[metric as keyof MetricCosts], cost]));

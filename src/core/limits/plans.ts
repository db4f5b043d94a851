import type { Metric } from "./ledger.ts";
import type { Charges, LimitPolicy } from "./limiter.ts";
import type { BucketPolicy } from "./token-bucket.ts";

/** What a tier allows. `null` is "no limit". Figures: CONTRACT §2 (documents 000, 001 and 002). */
export interface Plan {
  tier: string;
  apiAccess: boolean;
  content: { perMinute: number; perSecond: number | null; perDay: number | null };
  platform: { perMinute: number; burstPercent: number };
  monthly: { apiCalls: number | null; mcpCalls: number | null; aiTokens: number | null };
  /** Euros a month, where the tier has a published price. */
  price: number | null;
}

/** The tiers, lowest first. Adding one is adding a row. */
const PLANS = [
  plan("trial", false, [0, null, null], [0, 0], [0, 0, 0], null),
  plan("free", true, [60, 10, 5_000], [60, 0], [null, null, 0], null),
  plan("starter", true, [10, null, null], [1_000, 20], [1_000, 500, 0], 39),
  plan("professional", true, [20, null, null], [5_000, 30], [5_000, 2_500, 100_000], 79),
  plan("pro", true, [600, 50, 100_000], [5_000, 30], [null, null, 100_000], null),
  plan("agency", true, [60, null, null], [20_000, 50], [50_000, 25_000, 500_000], 199),
  plan("enterprise", true, [6_000, 200, null], [100_000, 100], [null, null, null], null),
] as const satisfies Plan[];

function plan(
  tier: string,
  apiAccess: boolean,
  [perMinute, perSecond, perDay]: [number, number | null, number | null],
  [platformPerMinute, burstPercent]: [number, number],
  [apiCalls, mcpCalls, aiTokens]: [number | null, number | null, number | null],
  price: number | null,
): Plan {
  return {
    tier,
    apiAccess,
    content: { perMinute, perSecond, perDay },
    platform: { perMinute: platformPerMinute, burstPercent },
    monthly: { apiCalls, mcpCalls, aiTokens },
    price,
  };
}

export const TIERS: readonly string[] = PLANS.map((row) => row.tier);

/** The plan of a tier. An unknown name (a tier that was removed) counts as `trial`: no API access. */
export function planOf(tier: string): Plan {
  return PLANS.find((row) => row.tier === tier) ?? (PLANS[0] as Plan);
}

/** Position in the table; a key's own tier may not stand above its workspace's, nor that above the account's contract. */
export const tierRank = (tier: string): number => TIERS.indexOf(tier);

/** The surfaces that limit calls made with a key. */
export type LimitedSurface = "content" | "platform" | "delivery";

/** Calls per second above which one Durable Object no longer keeps up (PLATFORM: ~500–1,000 req/s each). */
const CALLS_PER_OBJECT = 500;

/** How many objects share a key's rate on a surface; only the Platform API of the largest tier needs more than one. */
export function shardsFor(plan: Plan, surface: LimitedSurface): number {
  if (surface !== "platform") return 1;
  return Math.max(1, Math.ceil(plan.platform.perMinute / 60 / CALLS_PER_OBJECT));
}

/** The most shards any tier uses: what a change to a key has to reach. */
export const MAX_SHARDS = Math.max(...PLANS.map((row) => shardsFor(row, "platform")));

/** The smaller of two limits, `null` being none. */
function tighter(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

/** The limits of a key whose own tier may be lower than its workspace's: each figure is the smaller of the two. */
export function tighterPlan(workspace: Plan, key: Plan | null): Plan {
  if (!key) return workspace;
  return {
    ...workspace,
    tier: key.tier,
    apiAccess: workspace.apiAccess && key.apiAccess,
    content: {
      perMinute: Math.min(workspace.content.perMinute, key.content.perMinute),
      perSecond: tighter(workspace.content.perSecond, key.content.perSecond),
      perDay: tighter(workspace.content.perDay, key.content.perDay),
    },
    platform: workspace.platform.perMinute <= key.platform.perMinute ? workspace.platform : key.platform,
  };
}

/**
 * How many objects share one key's calls on the Platform API. A key with a monthly cap of its own is kept whole:
 * a part of the cap would deny calls that the cap allows.
 */
export const shardsOfKey = (plan: Plan, monthlyCap: number | null): number =>
  monthlyCap === null ? shardsFor(plan, "platform") : 1;

/** The share of `total` that one of `shards` objects holds; the shares add up to `total`. An object too many has none. */
const share = (total: number, shard: number, shards: number): number =>
  shard < shards ? Math.floor((total + shard) / shards) : 0;

const perMinute = (name: string, count: number): BucketPolicy => ({
  name,
  capacity: count,
  // A bucket of nothing still has a rate to divide by.
  refillTokens: Math.max(1, count),
  refillPeriodMs: 60_000,
});

/** The buckets and quotas one key object holds. `monthlyCap` is the key's own, `null` for none. */
export function keyLimits(plan: Plan, monthlyCap: number | null, shard = 0): LimitPolicy {
  const shards = shardsOfKey(plan, monthlyCap);
  const platformLimit = share(plan.platform.perMinute, shard, shards);
  const buckets: BucketPolicy[] = [
    perMinute("content.requests_per_minute", plan.content.perMinute),
    {
      ...perMinute("platform.requests_per_minute", platformLimit),
      capacity: platformLimit + Math.floor((platformLimit * plan.platform.burstPercent) / 100),
      limit: platformLimit,
    },
    // Document 004: the external API has 60 tokens, refilled at 1.0 a second.
    { name: "delivery.requests_per_minute", capacity: 60, refillTokens: 1, refillPeriodMs: 1_000 },
    // Document 000: generate, translate and assist, at most 2 a minute.
    perMinute("ai_requests", 2),
  ];
  if (plan.content.perSecond !== null) {
    buckets.push({
      name: "content.requests_per_second",
      capacity: plan.content.perSecond,
      refillTokens: plan.content.perSecond,
      refillPeriodMs: 1_000,
    });
  }
  return {
    buckets,
    quotas: [
      { name: "content.requests_per_day", period: "day", limit: plan.content.perDay },
      {
        name: "key.monthly_api_calls",
        period: "month",
        limit: monthlyCap === null ? null : share(monthlyCap, shard, shards),
      },
      { name: "key.monthly_mcp_calls", period: "month", limit: null },
      { name: "key.daily_api_calls", period: "day", limit: null },
    ],
  };
}

/** What one call on a surface costs, the limit shown in `X-RateLimit-*` first. */
export function callCharges(surface: LimitedSurface): Charges {
  const counted = { "key.monthly_api_calls": 1, "key.daily_api_calls": 1 };
  if (surface !== "content") return { [`${surface}.requests_per_minute`]: 1, ...counted };
  return {
    "content.requests_per_minute": 1,
    "content.requests_per_second": 1,
    "content.requests_per_day": 1,
    ...counted,
  };
}

/** The key's own count of the monthly allowances a call draws on besides API calls; the limit is the workspace's. */
export const metricCharges = (metrics: Partial<Record<Metric, number>>): Charges =>
  Object.fromEntries(Object.entries(metrics).map(([metric, cost]) => [`key.monthly_${metric}`, cost]));

/** Per-address buckets of visitors and of callers without a valid key (document 004; pixel: document 002). */
export const IP_LIMITS: LimitPolicy = {
  buckets: [
    { name: "frontend", capacity: 100, refillTokens: 167, refillPeriodMs: 100_000 },
    { name: "sign_in", capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
    { name: "checkout", capacity: 10, refillTokens: 17, refillPeriodMs: 100_000 },
    { name: "pixel", capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
    { name: "unknown_api_keys", capacity: 300, refillTokens: 300, refillPeriodMs: 60_000 },
  ],
  quotas: [],
};

export type IpLimitName = "frontend" | "sign_in" | "checkout" | "pixel" | "unknown_api_keys";

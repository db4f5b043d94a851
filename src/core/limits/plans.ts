import type { Metric } from "./metric.ts";

/** What a workspace keeps, up to a number its plan names. Storage is in bytes; of keys only active ones count. */
export const KEPT_FEATURES = ["posts", "pages", "sites", "storage", "api_keys"] as const;

export type KeptFeature = (typeof KEPT_FEATURES)[number];

/** What a tier allows. `null` is "no limit". Figures: docs/contract.md §2 (documents 000, 001 and 002). */
export interface Plan {
  tier: string;
  apiAccess: boolean;
  content: { perMinute: number; perSecond: number | null; perDay: number | null };
  platform: { perMinute: number; burstPercent: number };
  monthly: Readonly<Record<Metric, number | null>>;
  features: Readonly<Record<KeptFeature, number | null>>;
  /** Euros a month, where the tier has a published price. */
  price: number | null;
}

type Limit = number | null;

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/**
 * The tiers, lowest first. Adding one is adding a row, which names everything a tier has: a row that leaves something
 * out does not compile. Document 002 shows 1,000 posts and 5 GB for `pro`; the other features are ours, in proportion.
 */
const PLANS = [
  plan("trial", false, [0, null, null], [0, 0], [0, 0, 0], [10, 20, 1, 100 * MB, 0], null),
  plan("free", true, [60, 10, 5_000], [60, 0], [null, null, 0], [100, 100, 3, 500 * MB, 5], null),
  plan("starter", true, [10, null, null], [1_000, 20], [1_000, 500, 0], [500, 1_000, 5, GB, 10], 39),
  plan(
    "professional",
    true,
    [20, null, null],
    [5_000, 30],
    [5_000, 2_500, 100_000],
    [1_000, 5_000, 20, 5 * GB, 25],
    79,
  ),
  plan("pro", true, [600, 50, 100_000], [5_000, 30], [null, null, 100_000], [1_000, null, 100, 5 * GB, 50], null),
  plan(
    "agency",
    true,
    [60, null, null],
    [20_000, 50],
    [50_000, 25_000, 500_000],
    [10_000, null, null, 50 * GB, 100],
    199,
  ),
  plan(
    "enterprise",
    true,
    [6_000, 200, null],
    [100_000, 100],
    [null, null, null],
    [null, null, null, null, 1_000],
    null,
  ),
] as const satisfies Plan[];

function plan(
  tier: string,
  apiAccess: boolean,
  [perMinute, perSecond, perDay]: [number, Limit, Limit],
  [platformPerMinute, burstPercent]: [number, number],
  [api_calls, mcp_calls, ai_tokens]: [Limit, Limit, Limit],
  [posts, pages, sites, storage, api_keys]: [Limit, Limit, Limit, Limit, Limit],
  price: number | null,
): Plan {
  return {
    tier,
    apiAccess,
    content: { perMinute, perSecond, perDay },
    platform: { perMinute: platformPerMinute, burstPercent },
    monthly: { api_calls, mcp_calls, ai_tokens },
    features: { posts, pages, sites, storage, api_keys },
    price,
  };
}

export const ALL_PLANS: readonly Plan[] = PLANS;

export const TIERS: readonly string[] = PLANS.map((row) => row.tier);

/** The plan of a tier. An unknown name (a tier that was removed) counts as `trial`: no API access. */
export function planOf(tier: string): Plan {
  return PLANS.find((row) => row.tier === tier) ?? (PLANS[0] as Plan);
}

/** Position in the table; a key's own tier may not stand above its workspace's, nor that above the account's contract. */
export const tierRank = (tier: string): number => TIERS.indexOf(tier);

/** The smaller of two limits, `null` being none. */
function tighter(a: Limit, b: Limit): Limit {
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

/** What a workspace may have of the things it keeps, by tier; `null` is unlimited. Storage is in bytes. */
export interface FeatureLimits {
  posts: number | null;
  pages: number | null;
  sites: number | null;
  storage: number | null;
}

export type KeptFeature = keyof FeatureLimits;

const MB = 1024 ** 2;
const GB = 1024 ** 3;

const row = (
  posts: number | null,
  pages: number | null,
  sites: number | null,
  storage: number | null,
): FeatureLimits => ({
  posts,
  pages,
  sites,
  storage,
});

/** Document 002 shows 1,000 posts and 5 GB for `pro`; the other figures are ours, in proportion. */
const FEATURES: Record<string, FeatureLimits> = {
  trial: row(10, 20, 1, 100 * MB),
  free: row(100, 100, 3, 500 * MB),
  starter: row(500, 1_000, 5, GB),
  professional: row(1_000, 5_000, 20, 5 * GB),
  pro: row(1_000, null, 100, 5 * GB),
  agency: row(10_000, null, null, 50 * GB),
  enterprise: row(null, null, null, null),
};

/** The limits of a tier; an unknown tier has those of `trial`. */
export const featureLimits = (tier: string): FeatureLimits => FEATURES[tier] ?? (FEATURES.trial as FeatureLimits);

export const KEPT_FEATURES = ["posts", "pages", "sites", "storage"] as const satisfies KeptFeature[];

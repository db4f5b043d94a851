import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import { type KeptFeature, planOf } from "../limits/plans.ts";
import { type Counter, counter, tenantScope } from "../storage/counter.ts";
import { PUBLICATION_STATUSES } from "../publication.ts";

/** What counts each feature; `null` is a feature that nothing fills yet. */
const COUNTERS: Record<KeptFeature, Counter | null> = {
  posts: counter("posts", PUBLICATION_STATUSES),
  pages: counter("pages"),
  sites: counter("sites", PUBLICATION_STATUSES),
  storage: null,
};

/** How much of a feature the caller's workspace has in use, as SQL. */
export const inUse = (ctx: Ctx, feature: KeptFeature): SQL =>
  COUNTERS[feature]?.count(tenantScope(ctx.caller)) ?? sql`0`;

/** Lets the commit fail with `feature_limit_reached` when the plan has no room for `amount` more. Safe against races. */
export function requireRoom(ctx: Ctx, feature: KeptFeature, amount = 1): void {
  if (!COUNTERS[feature]) throw new Error(`Nothing counts the feature ${feature}: its limit would be none`);
  const limit = planOf(ctx.caller.workspace.tier).features[feature];
  if (limit === null) return;
  const error = new DomainError("feature_limit_reached", "You have reached your limit for this feature.", {
    feature,
    limitReached: limit,
    upgradeUrl: ctx.env.UPGRADE_URL,
  });
  ctx.unit.require(sql`${inUse(ctx, feature)} + ${amount} <= ${limit}`, error);
}

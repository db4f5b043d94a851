import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import { counted } from "../storage/list.ts";
import { featureLimits, type KeptFeature } from "./features.ts";
import { PUBLICATION_STATUSES } from "../publication.ts";

/** The counters each feature adds up to; triggers keep them. */
const COUNTERS: Record<KeptFeature, string[]> = {
  posts: PUBLICATION_STATUSES.map((it) => `posts:${it}`),
  pages: ["pages"],
  sites: PUBLICATION_STATUSES.map((it) => `sites:${it}`),
  storage: ["storage"],
};

/** How much of a feature the caller's workspace has in use, as SQL. */
export const inUse = (ctx: Ctx, feature: KeptFeature): SQL =>
  counted(`${ctx.caller.workspaceId}:${ctx.caller.environment}`, COUNTERS[feature]);

/** Lets the commit fail with `feature_limit_reached` when the plan has no room for `amount` more. Safe against races. */
export function requireRoom(ctx: Ctx, feature: KeptFeature, amount = 1): void {
  const limit = featureLimits(ctx.caller.workspace.tier)[feature];
  if (limit === null) return;
  const error = new DomainError("feature_limit_reached", "You have reached your limit for this feature.", {
    feature,
    limitReached: limit,
    upgradeUrl: ctx.env.UPGRADE_URL,
  });
  ctx.unit.require(sql`${inUse(ctx, feature)} + ${amount} <= ${limit}`, error);
}

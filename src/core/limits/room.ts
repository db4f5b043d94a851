import { type SQL, sql } from "drizzle-orm";
import type { Environment } from "../keys/key-format.ts";
import { activeKeys } from "../tenancy/api-keys/active.ts";
import type { Ctx } from "../work/context.ts";
import type { Tenant } from "../work/scheduler.ts";
import { DomainError } from "../errors.ts";
import { type KeptFeature, planOf } from "../limits/plans.ts";
import { type Counter, counter, tenantScope } from "../storage/counter.ts";
import { PUBLICATION_STATUSES } from "../publication.ts";

/** What counts each feature of a tenant at a moment. */
const COUNTS: Record<KeptFeature, (tenant: Tenant, at: number) => SQL> = {
  posts: ofTenant(counter("posts", PUBLICATION_STATUSES)),
  pages: ofTenant(counter("pages")),
  sites: ofTenant(counter("sites", PUBLICATION_STATUSES)),
  storage: ofTenant(counter("storage")),
  api_keys: activeKeys,
};

function ofTenant<Value extends string>(of: Counter<Value>): (tenant: Tenant) => SQL {
  return (tenant) => of.count(tenantScope(tenant));
}

/** How much of a feature the caller's workspace has in use, as SQL. */
export const inUse = (ctx: Ctx, feature: KeptFeature): SQL => COUNTS[feature](ctx.caller, ctx.now);

/**
 * Lets the commit fail with `feature_limit_reached` when the plan has no room for one more, or for `amount` more. Safe
 * against races. Room is looked for in the caller's environment unless another one is named; `held` is what it has of it
 * already, as SQL.
 */
export function requireRoom(
  ctx: Ctx,
  feature: KeptFeature,
  {
    environment = ctx.caller.environment,
    held = sql`0`,
    amount = 1,
  }: { environment?: Environment; held?: SQL; amount?: number } = {},
): void {
  const { workspaceId, workspace } = ctx.caller;
  const limit = planOf(workspace.tier).features[feature];
  if (limit === null) return;
  const error = new DomainError("feature_limit_reached", "You have reached your limit for this feature.", {
    feature,
    limitReached: limit,
    upgradeUrl: ctx.env.UPGRADE_URL,
  });
  const used = COUNTS[feature]({ workspaceId, environment }, ctx.now);
  ctx.unit.require(sql`${used} - ${held} + ${amount} <= ${limit}`, error);
}

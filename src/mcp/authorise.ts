import { siteAccess } from "../content/sites/access.ts";
import type { Scope } from "../core/access/scopes.ts";
import type { Ctx } from "../core/context.ts";
import { DomainError } from "../core/errors.ts";

/** What the REST call behind a tool or a resource would ask for: its scope. */
export function requireScope(ctx: Ctx, scope: Scope | null): void {
  const { scopes, policy } = ctx.caller;
  if (scope === null || scopes.has(scope)) return;
  throw new DomainError("forbidden", `API key does not have scope: ${scope}`, {
    reason: "scope",
    requiredScope: scope,
    grantedScopes: policy?.scopes ?? [],
  });
}

/** And its site, where one is named. */
export async function requireSite(ctx: Ctx, named: Record<string, unknown>): Promise<void> {
  if (typeof named.siteId === "string") await siteAccess(ctx, { siteId: named.siteId });
}

import { siteAccess } from "../content/sites/access.ts";
import { requireRight as requireRightOfKey } from "../core/access/authorise.ts";
import type { Ctx } from "../core/work/context.ts";
import { allRoutes } from "../core/http/registry.ts";

/** What the REST call behind a tool or a resource would ask for besides its scope: a row in the key's rights, where it has any: a right to call tools is not one to everything that tools can do. */
export function requireRight(ctx: Ctx, operationId: string, named: Record<string, unknown>): void {
  const operation = allRoutes().find(({ endpoint }) => endpoint.operationId === operationId);
  if (!operation) throw new Error(`There is no operation ${operationId}`);
  const { template, endpoint } = operation;
  requireRightOfKey(ctx.caller, () => ({
    method: endpoint.method.toUpperCase(),
    route: template,
    path: template.replace(/\{(\w+)\}/g, (_, name) => String(named[name] ?? "")),
    query: new URLSearchParams(),
  }));
}

/** And its site, where one is named. */
export async function requireSite(ctx: Ctx, named: Record<string, unknown>): Promise<void> {
  if (typeof named.siteId === "string") await siteAccess(ctx, { siteId: named.siteId });
}

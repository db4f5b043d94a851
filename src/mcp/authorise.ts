import { siteAccess } from "../content/sites/access.ts";
import { authorise } from "../core/access/authorise.ts";
import type { Ctx } from "../core/work/context.ts";
import { allRoutes } from "../core/http/registry.ts";

/**
 * Asks for what the REST call behind a tool or a resource would ask for: its scope, its row in the key's rights, its
 * access type and the site it names. To be allowed to call tools is not to be allowed everything that tools can do.
 */
export async function requireOperation(ctx: Ctx, operationId: string, named: Record<string, unknown>): Promise<void> {
  const operation = allRoutes().find(({ endpoint }) => endpoint.operationId === operationId);
  if (!operation) throw new Error(`There is no operation ${operationId}`);
  const { template, endpoint } = operation;
  authorise(ctx.caller, endpoint, () => ({
    method: endpoint.method.toUpperCase(),
    route: template,
    path: template.replace(/\{(\w+)\}/g, (_, name) => String(named[name] ?? "")),
    query: new URLSearchParams(),
  }));
  if (typeof named.siteId === "string") await siteAccess(ctx, { siteId: named.siteId });
}

import { siteAccess } from "../content/sites/access.ts";
import { rightsAllow } from "../core/keys/rights.ts";
import type { Ctx } from "../core/work/context.ts";
import { DomainError } from "../core/errors.ts";
import { allRoutes } from "../core/http/registry.ts";

/** What the REST call behind a tool or a resource would ask for besides its scope: a row in the key's rights, where it has any: a right to call tools is not one to everything that tools can do. */
export function requireRight(ctx: Ctx, operationId: string, named: Record<string, unknown>): void {
  const { rights } = ctx.caller.policy ?? {};
  const operation = allRoutes().find(({ endpoint }) => endpoint.operationId === operationId);
  if (!rights || !operation) return;
  const { template, endpoint } = operation;
  const method = endpoint.method.toUpperCase();
  const path = template.replace(/\{(\w+)\}/g, (_, name) => String(named[name] ?? ""));
  if (rightsAllow(rights, { method, route: template, path, query: new URLSearchParams() })) return;
  throw new DomainError("forbidden", `API key has no right to ${method} ${template}`, { reason: "right" });
}

/** And its site, where one is named. */
export async function requireSite(ctx: Ctx, named: Record<string, unknown>): Promise<void> {
  if (typeof named.siteId === "string") await siteAccess(ctx, { siteId: named.siteId });
}

import { loadPolicy } from "../../../core/access/key-rows.ts";
import { authorise } from "../../../core/access/authorise.ts";
import { callerOf } from "../../../core/access/caller.ts";
import type { Ctx } from "../../../core/context.ts";
import { DomainError, notFound } from "../../../core/errors.ts";
import { findRoute } from "../../../core/http/registry.ts";
import { findKey } from "./find.ts";

export interface Simulation {
  allowed: boolean;
  status: number;
  reason: string | null;
  endpoint: string | null;
  required_scope: string | null;
}

/** Whether the key would be let through to a method and path, and if not, why: the checks of a real call, without one. */
export async function simulateCall({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { keyId: number; method: string; path: string };
}): Promise<Simulation> {
  const key = await findKey(ctx, input.keyId);
  const policy = await loadPolicy(ctx.env.DB, key.id);
  if (!policy) throw notFound("API key");
  const url = new URL(input.path, "https://localhost");
  const route = findRoute(input.method, url.pathname);
  if (!route)
    return { allowed: false, status: 404, reason: "There is no such endpoint", endpoint: null, required_scope: null };
  const { endpoint, surface, template } = route;
  const scope = endpoint.scope === "public" ? null : endpoint.scope;
  const found = { endpoint: template, required_scope: scope };
  const no = (status: number, reason: string): Simulation => ({ allowed: false, status, reason, ...found });
  if (endpoint.scope === "public") return { allowed: true, status: endpoint.success.status, reason: null, ...found };
  if (policy.endsAt !== null && policy.endsAt <= ctx.now)
    return no(401, "The key has been rotated and its grace period is over");
  if (policy.expiresAt !== null && policy.expiresAt <= ctx.now) return no(401, "The key has expired");
  if (!policy.isActive) return no(401, "The key is deactivated");
  const siteId = siteOf(template, url.pathname);
  if (siteId && policy.siteIds && !policy.siteIds.includes(siteId))
    return no(403, "The key is not allowed to use this site");
  try {
    authorise(policy, callerOf(policy), endpoint, {
      method: input.method,
      route: template,
      path: url.pathname,
      query: url.searchParams,
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return no(surface.statusOf(error.code), error.message);
  }
  return { allowed: true, status: endpoint.success.status, reason: null, ...found };
}

/** The site a path names, where its route has one. */
function siteOf(template: string, path: string): string | null {
  const index = template.split("/").indexOf("{siteId}");
  return index < 0 ? null : (path.split("/")[index] ?? null);
}

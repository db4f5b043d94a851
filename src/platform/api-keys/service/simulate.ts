import { asCalled, authorise } from "../../../core/access/authorise.ts";
import { callerOf } from "../../../core/access/caller.ts";
import { effectivePlan } from "../../../core/access/key-gate.ts";
import { loadPolicy } from "../../../core/access/key-rows.ts";
import type { KeyPolicy } from "../../../core/keys/policy.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { DomainError, notFound } from "../../../core/errors.ts";
import { findRoute, paramsOf, routesAt, type Route } from "../../../core/http/registry.ts";
import { findKey } from "./find.ts";
import { requirePowerOver } from "./within.ts";

export interface Simulation {
  allowed: boolean;
  status: number;
  reason: string | null;
  endpoint: string | null;
  required_scope: string | null;
}

/** The answer for a method and path that lead nowhere. */
function unrouted(path: string): Simulation {
  const nowhere = { allowed: false, endpoint: null, required_scope: null };
  return routesAt(path).length > 0
    ? { ...nowhere, status: 405, reason: "The endpoint does not take this method" }
    : { ...nowhere, status: 404, reason: "There is no such endpoint" };
}

/** Why the key is refused whatever it calls; addresses aside, which a simulation does not have. */
function refusal(policy: KeyPolicy, now: number): [status: number, reason: string] | null {
  if (policy.endsAt !== null && policy.endsAt <= now)
    return [401, "The key has been rotated and its grace period is over"];
  if (policy.expiresAt !== null && policy.expiresAt <= now) return [401, "The key has expired"];
  if (!policy.isActive) return [401, "The key is deactivated"];
  return effectivePlan(policy).apiAccess ? null : [403, "API access is not part of the plan"];
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
  requirePowerOver(ctx, key);
  const policy = await loadPolicy(ctx.db, key.id);
  if (!policy) throw notFound("API key");
  const url = new URL(`https://localhost${input.path}`);
  const route = findRoute(input.method, url.pathname);
  if (!route) return unrouted(url.pathname);
  const { endpoint, surface, template } = route;
  const isPublic = endpoint.scope === "public";
  const found = { endpoint: template, required_scope: isPublic ? null : (endpoint.scope as string | null) };
  const refused = isPublic ? null : refusal(policy, ctx.now);
  if (refused) return { allowed: false, status: refused[0], reason: refused[1], ...found };
  try {
    if (!isPublic) await authoriseCall(ctx, policy, route, input.method, url);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { allowed: false, status: surface.statusOf(error.code), reason: error.message, ...found };
  }
  return { allowed: true, status: endpoint.success.status, reason: null, ...found };
}

/** What a real call goes through once its key is let in. */
async function authoriseCall(ctx: Ctx, policy: KeyPolicy, route: Route, method: string, url: URL): Promise<void> {
  const { endpoint, template } = route;
  const caller = callerOf(policy);
  const requested = { method, route: template, path: url.pathname, query: url.searchParams };
  const params = paramsOf(template, url.pathname);
  authorise(caller, await asCalled({ ...ctx, caller }, endpoint, params), () => requested, params);
  await endpoint.authorise?.({ ...ctx, caller }, params, () => url.searchParams);
}

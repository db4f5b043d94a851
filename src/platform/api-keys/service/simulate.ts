import { getPath } from "hono/utils/url";
import { refusedKey } from "../../../core/access/admission.ts";
import { neededFor } from "../../../core/access/authorise.ts";
import { callerOf } from "../../../core/access/caller.ts";
import { refusalOf } from "../../../core/access/key-gate.ts";
import { loadPolicy } from "../../../core/access/key-rows.ts";
import type { KeyPolicy } from "../../../core/keys/policy.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { DomainError, type ErrorCode, notFound } from "../../../core/errors.ts";
import type { Call, Exchange } from "../../../core/http/exchange.ts";
import { permit } from "../../../core/http/permit.ts";
import { readQuery } from "../../../core/http/read-input.ts";
import { findRoute, paramsOf, routesAt } from "../../../core/http/registry.ts";
import { findKey } from "./find.ts";
import { requirePowerOver } from "./within.ts";

export interface Simulation {
  allowed: boolean;
  status: number;
  reason: string | null;
  cause: string | null;
  endpoint: string | null;
  required_scope: string | null;
}

/** A call that is thought of rather than made. */
export interface SimulatedCall {
  method: string;
  /** With its query. */
  path: string;
  /** Where it comes from; where the simulation comes from when left out. */
  ip?: string | undefined;
  /** What its `X-Workspace-ID` says. */
  workspace_id?: number | undefined;
}

/** What a call is answered that its key may not make: 401 or 403. */
const KEY_REFUSED: readonly ErrorCode[] = ["unauthorized", "forbidden", "feature_limit_reached"];

/** The answer for a method and path that lead nowhere. */
function unrouted(path: string): Simulation {
  const nowhere = { allowed: false, cause: null, endpoint: null, required_scope: null };
  return routesAt(path).length > 0
    ? { ...nowhere, status: 405, reason: "The endpoint does not take this method" }
    : { ...nowhere, status: 404, reason: "There is no such endpoint" };
}

function requestOf({ method, path, workspace_id }: SimulatedCall): Request {
  const headers: Record<string, string> = workspace_id === undefined ? {} : { "X-Workspace-ID": String(workspace_id) };
  return new Request(`https://localhost${path}`, { method, headers });
}

/** The simulated request as if it had arrived just now. */
const exchangeOf = (ctx: Ctx, policy: KeyPolicy, request: Request, ip = ctx.ip): Exchange => ({
  ...{ env: ctx.env, request, ip, now: ctx.now, requestId: ctx.requestId },
  ...{ keyId: policy.keyId, workspaceId: policy.workspaceId, endedKeyId: null },
  ...{ idempotencyKey: null, fingerprint: null, paid: {}, figures: [] },
  waitUntil: () => {},
});

/** What a real call goes through from its key's object on, limits aside. */
async function letThrough(call: Call, policy: KeyPolicy): Promise<void> {
  const { env, ip, now } = call.exchange;
  const refused = refusalOf(policy, ip, now);
  if (refused) throw refusedKey(env, refused);
  await permit(call, callerOf(policy));
}

/** Whether a key would be let through to a method and path, and if not, why: the checks of a real call, without one. */
export async function simulateCall({
  ctx,
  input: { keyId, ...simulated },
}: {
  ctx: Ctx;
  input: SimulatedCall & { keyId: number };
}): Promise<Simulation> {
  const key = await findKey(ctx, keyId);
  requirePowerOver(ctx, key);
  const policy = await loadPolicy(ctx.db, key.id);
  if (!policy) throw notFound("API key");
  return verdictOn(ctx, policy, simulated);
}

/** What becomes of a call with a key of this policy. */
export async function verdictOn(ctx: Ctx, policy: KeyPolicy, simulated: SimulatedCall): Promise<Simulation> {
  const request = requestOf(simulated);
  // As the router reads it.
  const path = getPath(request);
  const route = findRoute(simulated.method, path);
  if (!route) return unrouted(path);
  const { endpoint, surface, template } = route;
  const { scope } = neededFor(endpoint, () => new URL(request.url).searchParams);
  const found = { endpoint: template, required_scope: scope === "public" ? null : scope };
  const exchange = exchangeOf(ctx, policy, request, simulated.ip);
  try {
    if (scope !== "public") await letThrough({ exchange, surface, endpoint, params: paramsOf(route, path) }, policy);
    readQuery(endpoint, request);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, details } = error;
    const [status, reason] = [surface.statusOf(code), surface.wording(error)];
    // Where something else than the key stands in the way, the key is not what is refused.
    const allowed = !KEY_REFUSED.includes(code);
    return { allowed, status, reason, cause: details.reason ?? null, ...found };
  }
  return { allowed: true, status: endpoint.success.status, reason: null, cause: null, ...found };
}

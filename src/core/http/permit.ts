import { asCalled, authorise } from "../access/authorise.ts";
import type { RequestedRight } from "../keys/rights.ts";
import type { Ctx, KeyCaller } from "../work/context.ts";
import type { Call } from "./exchange.ts";
import { contextIn } from "./request-context.ts";

/**
 * Everything that is asked of a key once it is let in, and before the input is read: what the endpoint needs, the
 * workspace the call names, what the endpoint refuses besides. Answers the context the call runs in. A simulated call
 * asks here as well, so that it cannot say anything else.
 */
export async function permit(call: Call, caller: KeyCaller): Promise<Ctx> {
  const { endpoint, params } = call;
  const called = endpoint.own ? await asCalled(await contextIn(call, caller), endpoint, params) : endpoint;
  authorise(caller, called, () => requestedRight(call), params);
  const ctx = await contextIn(call, caller);
  await endpoint.authorise?.(ctx, params, () => queryOf(call));
  return ctx;
}

export const queryOf = ({ exchange: { request } }: Call): URLSearchParams => new URL(request.url).searchParams;

/** What a key's rights are compared with. */
function requestedRight({ exchange: { request }, surface, endpoint }: Call): RequestedRight {
  const { pathname: path, searchParams: query } = new URL(request.url);
  return { method: request.method, route: surface.basePath + endpoint.path, path, query };
}

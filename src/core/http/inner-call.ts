import { getPath } from "hono/utils/url";
import { now } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../ids.ts";
import { UNTOUCHED_FIGURES } from "../limits/ip-limits.ts";
import { callCharges } from "../limits/key-limits.ts";
import type { Call, Exchange, Reached } from "./exchange.ts";
import { innerKey } from "./idempotency.ts";
import { findRoute, paramsOf, routesAt } from "./registry.ts";
import { allowedMethods, methodNotAllowed, noSuchEndpoint } from "./unrouted.ts";
import type { Operation } from "./within.ts";

/** Headers that say who calls and from where: those of the call, for each of its operations. */
const CALLERS_OWN = ["X-Api-Key", "Authorization", "X-Workspace-ID", "User-Agent"];

function requestOf(outer: Request, { method, path, body, headers }: Operation): Request {
  const sent = new Headers({ ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) });
  for (const name of CALLERS_OWN) {
    const value = outer.headers.get(name);
    if (value !== null) sent.set(name, value);
  }
  return new Request(new URL(outer.url).origin + path, { method, headers: sent, body: body ?? null });
}

function exchangeOf({ exchange, surface }: Call, operation: Operation): Exchange {
  const at = now();
  const idempotencyKey = operation.method === "GET" ? null : exchange.idempotencyKey;
  return {
    ...exchange,
    request: requestOf(exchange.request, operation),
    now: at,
    requestId: newId("req", at),
    figures: UNTOUCHED_FIGURES,
    idempotencyKey: idempotencyKey === null ? null : innerKey(idempotencyKey, operation.index),
    fingerprint: null,
    paid: operation.index === 0 ? callCharges(surface.name) : {},
  };
}

/** An operation as a call of its own; with the error where it cannot be one. */
export function innerCall(outer: Call, operation: Operation): Call | (Reached & { error: DomainError }) {
  const { surface } = outer;
  const exchange = exchangeOf(outer, operation);
  const { request } = exchange;
  const refused = (error: DomainError) => ({ exchange, surface, endpoint: null, error });
  // As the router reads it.
  const path = getPath(request);
  const route = findRoute(request.method, path);
  if (route?.surface !== surface) {
    const others = routesAt(path).filter((it) => it.surface === surface);
    if (others.length === 0) return refused(noSuchEndpoint(request));
    return refused(methodNotAllowed(request.method, allowedMethods(others.map(({ endpoint }) => endpoint))));
  }
  const { endpoint, template } = route;
  if (endpoint.byItself || endpoint.form || endpoint.streams) {
    const message = `${request.method} ${template} cannot be an operation of a batch: call it by itself.`;
    return refused(new DomainError("bad_request", message, { reason: "not_in_a_batch" }));
  }
  return { exchange, surface, endpoint, params: paramsOf(route, path) };
}

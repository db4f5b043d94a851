import { now } from "../clock.ts";
import { DomainError, Unmigrated, unavailable } from "../errors.ts";
import { isDatabaseOutage, isUnmigrated } from "../storage/constraints.ts";
import { CORS_HEADERS } from "./cors.ts";
import { DEPRECATIONS, deprecationHeaders } from "./deprecations.ts";
import type { Exchange, Reached } from "./exchange.ts";
import type { StoredAnswer } from "./idempotency.ts";
import { limitHeaders } from "./limit-headers.ts";
import { log } from "./log.ts";
import type { Surface } from "./surface.ts";

/** Sends a finished answer with the headers every response carries. */
export function respond({ exchange, endpoint, surface }: Reached, answer: StoredAnswer): Response {
  const { status } = answer;
  const headers: Record<string, string> = {
    "X-Request-ID": exchange.requestId,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    ...limitHeaders(exchange.figures, exchange.now),
    ...(endpoint ? deprecationHeaders(DEPRECATIONS, endpoint.operationId) : {}),
    ...(endpoint?.cors && CORS_HEADERS),
    ...(endpoint && endpoint.scope !== "public" && { Vary: varyOf(surface) }),
    ...answer.headers,
  };
  if (answer.body) headers["Content-Type"] ??= "application/json; charset=utf-8";
  // A stored resource may be kept by the caller as long as it asks whether it changed.
  if (headers.ETag) headers["Cache-Control"] = "private, no-cache";
  logRequest(exchange, endpoint ? surface.basePath + endpoint.path : "unmatched", status);
  return new Response(answer.stream ?? (answer.body || null), { status, headers });
}

/** The headers that decide what one address answers: the key, and where it may choose the workspace. */
const varyOf = (surface: Surface): string =>
  ["X-Api-Key", "Authorization", ...(surface.selectWorkspace ? ["X-Workspace-ID"] : [])].join(", ");

/** The line of log every request leaves. */
export function logRequest(exchange: Exchange, route: string, status: number): void {
  log(exchange.env.LOG_LEVEL, status >= 500 ? "error" : "info", {
    message: "request",
    requestId: exchange.requestId,
    keyId: exchange.keyId,
    workspaceId: exchange.workspaceId,
    method: exchange.request.method,
    route,
    status,
    durationMs: now() - exchange.now,
  });
}

/** Turns whatever was thrown into the surface's error answer. What a defect says stays in the log. */
export function respondError(reached: Reached, thrown: unknown): Response {
  const { exchange, surface } = reached;
  const error = asDomainError(exchange, thrown);
  const { limit } = error.details;
  // The limit that was hit leads the headers.
  if (limit) exchange.figures = [limit, ...exchange.figures.filter((it) => it.name !== limit.name)];
  const { status, body } = surface.error(error, exchange);
  const headers: Record<string, string> = {};
  if (error.details.retryAfterSeconds !== undefined) headers["Retry-After"] = String(error.details.retryAfterSeconds);
  if (error.details.allow) headers.Allow = error.details.allow.join(", ");
  if (status === 401) headers["WWW-Authenticate"] = "ApiKey";
  return respond(reached, { status, headers, body: JSON.stringify(body) });
}

/** Whether what was thrown is answered with 503: something we depend on has failed, and the caller has not. */
export const isOutage = (thrown: unknown): boolean =>
  thrown instanceof DomainError ? thrown.code === "unavailable" : isUnmigrated(thrown) || isDatabaseOutage(thrown);

function asDomainError(exchange: Exchange, thrown: unknown): DomainError {
  const missing = isUnmigrated(thrown) ? new Unmigrated() : null;
  if (!missing && thrown instanceof DomainError && thrown.cause === undefined) return thrown;
  const detail = `${missing ? `${missing.message} ` : ""}${rootCause(thrown)}`.slice(0, 500);
  log(exchange.env.LOG_LEVEL, "error", { message: "failure", requestId: exchange.requestId, detail });
  if (missing) return missing;
  if (thrown instanceof DomainError) return thrown;
  if (isDatabaseOutage(thrown)) return unavailable();
  return new DomainError("internal", "An unexpected error occurred.");
}

/** The innermost message: what wraps it quotes statements and their parameters, which do not belong into a log. */
function rootCause(thrown: unknown): string {
  let cause = thrown;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : "not an error";
}

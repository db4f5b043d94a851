import { DomainError, type ErrorCode } from "../core/errors.ts";
import type { Surface } from "../core/http/surface.ts";
import type { LimitFigure } from "../core/limit-figure.ts";
import { errorHeaders } from "./headers.ts";

const ERROR_TEXT: Record<number, string> = {
  400: "The request is not valid",
  401: "Missing, unknown, inactive or expired API key",
  403: "The key is not allowed to do this",
  404: "There is no such resource",
  405: "What is asked for cannot be done; `Allow` lists what can",
  409: "The request conflicts with the state of the resource",
  410: "What the cursor names is out of retention; the body says where to start",
  412: "The resource is no longer at the version named by If-Match",
  413: "The body is larger than 1 MB, or than the operation takes",
  415: "The body is not of the type the operation takes: plain JSON, unless it says otherwise",
  422: "What was sent is not valid, or the Idempotency-Key was used for another request",
  429: "A limit was hit; the body names it",
  500: "An unexpected error",
  503: "Temporarily unavailable; retry after the time given",
};

const LIMIT: LimitFigure = {
  name: "requests_per_minute",
  scope: "key",
  limit: 600,
  remaining: 0,
  resetSeconds: 45,
  windowSeconds: 60,
};

/** An error of each kind, as an example of how a surface puts it. */
const SAMPLES: Partial<Record<ErrorCode, [message: string, details: DomainError["details"]]>> = {
  validation_failed: ["title: is required", { fields: { title: ["is required"] } }],
  unauthorized: ["Invalid or missing API key.", { reason: "api_key_invalid" }],
  forbidden: ["API key does not have scope: pages:write", { reason: "scope", requiredScope: "pages:write" }],
  not_found: ["Page not found", {}],
  conflict: ['The slug "contact" is already taken.', { fields: { slug: ['The slug "contact" is already taken.'] } }],
  precondition_failed: ["The resource has changed: it is now at version 4.", { currentVersion: 4 }],
  idempotency_mismatch: ["This Idempotency-Key was used for another request: method, path or body differ.", {}],
  rate_limited: ["Rate limit exceeded: requests_per_minute.", { limit: LIMIT, retryAfterSeconds: 45 }],
  unavailable: ["The service is temporarily unavailable. Please retry.", { retryAfterSeconds: 2 }],
};

/** In the order in which an example is looked for: the first that has the status speaks for it. */
const CODES: ErrorCode[] = [
  ...(["validation_failed", "unauthorized", "forbidden", "not_found", "conflict", "precondition_failed"] as const),
  ...(["idempotency_mismatch", "rate_limited", "unavailable", "bad_request", "method_not_allowed"] as const),
  ...(["cursor_expired", "feature_limit_reached", "payload_too_large", "unsupported_media_type", "internal"] as const),
];

const AT = { requestId: "req_01KAGW6PSZ0000000000000000", now: Date.UTC(2026, 4, 26, 12) };

/** `Content`, `Platform` and `Delivery` begin the names of what is each surface's own. */
const prefixOf = ({ name }: Surface): string => name[0]?.toUpperCase() + name.slice(1);

export const errorSchemaName = (surface: Surface): string => `${prefixOf(surface)}Error`;
export const errorResponseName = (surface: Surface, status: number): string => `${prefixOf(surface)}${status}`;

/** One error answer of a surface, for all operations that can give it. */
export function errorResponse(surface: Surface, status: number, isOpen: boolean): object {
  const code = CODES.find((it) => surface.statusOf(it) === status) as ErrorCode;
  const description = ERROR_TEXT[status] as string;
  const [message, details] = SAMPLES[code] ?? [`${description}.`, {}];
  const example = JSON.parse(JSON.stringify(surface.error(new DomainError(code, message, details), AT).body)) as object;
  const schema = { $ref: `#/components/schemas/${errorSchemaName(surface)}` };
  return { description, headers: errorHeaders(status, isOpen), content: { "application/json": { schema, example } } };
}

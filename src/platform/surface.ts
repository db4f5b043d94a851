import { z } from "@hono/zod-openapi";
import type { DomainError, ErrorCode } from "../core/errors.ts";
import type { Meta, Surface } from "../core/http/surface.ts";

/** Wire codes of the Platform API (document 002, CONTRACT §3). */
const CODES: Record<ErrorCode, [status: number, code: string]> = {
  bad_request: [400, "bad_request"],
  validation_failed: [422, "validation_failed"],
  unauthorized: [401, "unauthorized"],
  forbidden: [403, "access_denied"],
  feature_limit_reached: [403, "feature_limit_reached"],
  not_found: [404, "not_found"],
  method_not_allowed: [405, "method_not_allowed"],
  conflict: [409, "conflict"],
  idempotency_in_progress: [409, "idempotency_in_progress"],
  precondition_failed: [412, "precondition_failed"],
  payload_too_large: [413, "payload_too_large"],
  unsupported_media_type: [415, "unsupported_media_type"],
  idempotency_mismatch: [422, "idempotency_key_reused"],
  rate_limited: [429, "rate_limit_exceeded"],
  internal: [500, "server_error"],
  unavailable: [503, "service_unavailable"],
};

function wording(error: DomainError): string {
  const { retryAfterSeconds, requiredScope } = error.details;
  switch (error.code) {
    case "rate_limited":
      return `Too many requests. Please retry after ${retryAfterSeconds} ${retryAfterSeconds === 1 ? "second" : "seconds"}.`;
    case "validation_failed":
      return "The given data was invalid.";
    case "forbidden":
      return requiredScope ? `Insufficient permissions. Required scope: ${requiredScope}` : error.message;
    default:
      return error.message;
  }
}

function extras(error: DomainError, at: Meta): Record<string, unknown> {
  const { fields, limit, retryAfterSeconds, feature, upgradeUrl, reason } = error.details;
  return {
    ...(fields && { errors: fields }),
    ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
    ...(limit && {
      limit: limit.limit,
      remaining: limit.remaining,
      reset_at: new Date((Math.ceil(at.now / 1000) + limit.resetSeconds) * 1000).toISOString(),
      limit_name: limit.name,
      limit_scope: limit.scope,
    }),
    ...(feature && { feature }),
    ...(upgradeUrl && { upgrade_url: upgradeUrl }),
    ...(reason && { reason }),
    request_id: at.requestId,
  };
}

const ErrorSchema = z
  .object({ error: z.string(), message: z.string(), request_id: z.string() })
  .catchall(z.unknown())
  .openapi("PlatformError");

/** `/api/v1`: snake_case, `{data, meta, links}`, `{error, message, …}` (document 002). */
export const platformSurface: Surface = {
  name: "platform",
  basePath: "/api/v1",
  title: "Platform API",
  one: (data) => data,
  list: ({ items, pagination }) => ({ data: items, ...pagination }),
  error(error, at) {
    const [status, code] = CODES[error.code];
    const name = error.details.reason === "api_key_expired" ? "api_key_expired" : code;
    return { status, body: { error: name, message: wording(error), ...extras(error, at) } };
  },
  statusOf: (code) => CODES[code][0],
  schemas: {
    one: (data) => data,
    list: (item) =>
      z.object({
        data: z.array(item),
        meta: z.record(z.string(), z.unknown()),
        links: z.record(z.string(), z.unknown()),
      }),
    error: ErrorSchema,
  },
};

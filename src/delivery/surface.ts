import { z } from "@hono/zod-openapi";
import type { DomainError, ErrorCode } from "../core/errors.ts";
import { openEnum } from "../core/fields.ts";
import type { Meta, Surface } from "../core/http/surface.ts";

/** Statuses of the Delivery API: a key without the permission gets 401, not 403 (document 004). */
const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  cannot_retry: 400,
  validation_failed: 422,
  unauthorized: 401,
  forbidden: 401,
  feature_limit_reached: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_in_progress: 409,
  cursor_expired: 410,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** The names are those of the Platform API, where both have the error. */
function nameOf(code: ErrorCode): string {
  if (code === "forbidden") return "unauthorized";
  return code === "idempotency_mismatch" ? "idempotency_key_reused" : code;
}

/** `error` names the cause: `api_key_expired`, `rate_limited`, `not_found`, … */
function errorName(error: DomainError): string {
  if (error.details.reason === "api_key_expired") return "api_key_expired";
  return nameOf(error.code);
}

function body(error: DomainError, at: Meta): Record<string, unknown> {
  const { fields, limit, retryAfterSeconds, requiredScope, upgradeUrl } = error.details;
  return {
    error: errorName(error),
    message: error.message,
    ...(fields && { errors: fields }),
    ...(requiredScope && { required_scope: requiredScope }),
    ...(upgradeUrl && { upgrade_url: upgradeUrl }),
    ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
    ...(limit && { limit_name: limit.name, limit_scope: limit.scope, limit: limit.limit, remaining: limit.remaining }),
    request_id: at.requestId,
  };
}

const ErrorSchema = z
  .object({
    error: openEnum([
      "api_key_expired",
      ...(Object.keys(STATUS) as ErrorCode[]).filter((it) => it !== "forbidden").map(nameOf),
    ]),
    message: z.string(),
    errors: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .register(z.globalRegistry, { description: "What is wrong, by field" }),
    required_scope: z.string().optional(),
    retry_after: z.int().optional().register(z.globalRegistry, { description: "Seconds to wait" }),
    limit: z.int().optional().register(z.globalRegistry, { description: "What the limit allows" }),
    remaining: z.int().optional(),
    limit_name: z.string().optional().register(z.globalRegistry, { example: "requests_per_minute" }),
    limit_scope: z
      .string()
      .optional()
      .register(z.globalRegistry, { description: "Whose limit it is: key, workspace, site or ip" }),
    upgrade_url: z.string().optional(),
    request_id: z.string(),
  })
  .catchall(z.unknown())
  .openapi("DeliveryError", { description: "What went wrong on `/api`" });

/** `/api`: published content as flat JSON (document 004). */
export const deliverySurface: Surface = {
  name: "delivery",
  basePath: "/api",
  title: "Delivery API",
  resource: (data) => data,
  one: (data) => data,
  list: ({ items, pagination }) => ({ items, ...pagination }),
  error: (error, at) => ({ status: STATUS[error.code], body: body(error, at) }),
  wording: ({ message }) => message,
  statusOf: (code) => STATUS[code],
  schemas: {
    one: (data) => data,
    list: (item) => z.object({ items: z.array(item) }).catchall(z.unknown()),
    error: ErrorSchema,
  },
};

import { z } from "@hono/zod-openapi";
import type { DomainError, ErrorCode } from "../core/errors.ts";
import { openEnum } from "../core/fields.ts";
import type { Meta, Surface } from "../core/http/surface.ts";

/** Wire codes of the Content API (docs/contract.md §3). */
const CODES: Record<ErrorCode, [status: number, code: string]> = {
  bad_request: [400, "BAD_REQUEST"],
  cannot_retry: [400, "BAD_REQUEST"],
  validation_failed: [400, "VALIDATION_ERROR"],
  unauthorized: [401, "UNAUTHORIZED"],
  forbidden: [403, "FORBIDDEN"],
  feature_limit_reached: [403, "FORBIDDEN"],
  not_found: [404, "NOT_FOUND"],
  method_not_allowed: [405, "METHOD_NOT_ALLOWED"],
  conflict: [409, "CONFLICT"],
  idempotency_in_progress: [409, "CONFLICT"],
  cursor_expired: [410, "GONE"],
  precondition_failed: [412, "PRECONDITION_FAILED"],
  payload_too_large: [413, "PAYLOAD_TOO_LARGE"],
  unsupported_media_type: [415, "UNSUPPORTED_MEDIA_TYPE"],
  idempotency_mismatch: [422, "IDEMPOTENCY_KEY_REUSED"],
  rate_limited: [429, "RATE_LIMIT_EXCEEDED"],
  internal: [500, "INTERNAL_ERROR"],
  unavailable: [503, "SERVICE_UNAVAILABLE"],
};

const meta = (at: Meta) => ({ requestId: at.requestId, timestamp: new Date(at.now).toISOString() });

/** `details` in camelCase: a limit by its name and owner, fields as one message each. */
function details(error: DomainError): Record<string, unknown> | undefined {
  const { fields, limit, retryAfterSeconds, allow, ...rest } = error.details;
  const all = {
    ...rest,
    ...(fields && {
      fields: Object.fromEntries(Object.entries(fields).map(([name, list]) => [name, list.join("; ")])),
    }),
    ...(retryAfterSeconds !== undefined && { retryAfter: retryAfterSeconds }),
    ...(limit && { limit: limit.name, scope: limit.scope }),
    ...(allow && { allow }),
  };
  return Object.keys(all).length > 0 ? all : undefined;
}

function wording({ code, message, details: { retryAfterSeconds: seconds } }: DomainError): string {
  if (code !== "rate_limited") return message;
  return `Rate limit exceeded. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
}

const MetaSchema = z
  .object({
    requestId: z.string().meta({ example: "req_01KAGW6PSZ0000000000000000" }),
    timestamp: z.iso.datetime().meta({ example: "2026-05-26T12:00:00.000Z" }),
  })
  .openapi("Meta");

const PaginationSchema = z
  .object({
    total: z.int().meta({ example: 1 }),
    limit: z.int().meta({ example: 25 }),
    nextCursor: z.string().nullable().register(z.globalRegistry, { example: null }),
  })
  .openapi("Pagination");

const DetailsSchema = z
  .object({
    reason: z.string().optional().register(z.globalRegistry, { description: "A cause more exact than the code" }),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .register(z.globalRegistry, { description: "What is wrong, by field" }),
    requiredScope: z.string().optional(),
    grantedScopes: z.array(z.string()).optional(),
    retryAfter: z.int().optional().register(z.globalRegistry, { description: "Seconds to wait" }),
    limit: z
      .string()
      .optional()
      .register(z.globalRegistry, { description: "The limit that was hit", example: "requests_per_minute" }),
    scope: z
      .string()
      .optional()
      .register(z.globalRegistry, { description: "Whose limit it is: key, workspace, site or ip" }),
    upgradeUrl: z.string().optional(),
  })
  .catchall(z.unknown())
  .openapi("ContentErrorDetails");

const ErrorSchema = z
  .object({
    error: z.object({
      code: openEnum([...new Set(Object.values(CODES).map(([, code]) => code))]),
      message: z.string(),
      details: DetailsSchema.optional(),
    }),
    meta: MetaSchema,
  })
  .openapi("ContentError", { description: "What went wrong on `/v1`" });

/** `/v1`: camelCase, `{data, meta}`, cursor pages, `{error: {code, message, details}, meta}` (documents 000 and 001). */
export const contentSurface: Surface = {
  name: "content",
  basePath: "/v1",
  title: "Content API",
  resource: (data) => data,
  one: (data, at) => ({ data, meta: meta(at) }),
  list: (page, at) => ({ data: page.items, meta: meta(at), pagination: page.pagination }),
  error(error, at) {
    const [status, code] = CODES[error.code];
    return { status, body: { error: { code, message: wording(error), details: details(error) }, meta: meta(at) } };
  },
  wording,
  statusOf: (code) => CODES[code][0],
  schemas: {
    one: (data) => z.object({ data, meta: MetaSchema }),
    list: (item) => z.object({ data: z.array(item), meta: MetaSchema, pagination: PaginationSchema }),
    error: ErrorSchema,
  },
};

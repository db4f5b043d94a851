import { z } from "@hono/zod-openapi";
import type { DomainError, ErrorCode } from "../core/errors.ts";
import { instant } from "./replies.ts";
import { selectWorkspace } from "./workspaces/service/select.ts";
import { openEnum } from "../core/fields.ts";
import type { ListPage, Meta, Surface } from "../core/http/surface.ts";

/** Wire codes of the Platform API (document 002, docs/contract.md §3). */
const CODES: Record<ErrorCode, [status: number, code: string]> = {
  bad_request: [400, "bad_request"],
  cannot_retry: [400, "cannot_retry"],
  validation_failed: [422, "validation_failed"],
  unauthorized: [401, "unauthorized"],
  forbidden: [403, "access_denied"],
  feature_limit_reached: [403, "feature_limit_reached"],
  not_found: [404, "not_found"],
  method_not_allowed: [405, "method_not_allowed"],
  conflict: [409, "conflict"],
  idempotency_in_progress: [409, "idempotency_in_progress"],
  cursor_expired: [410, "cursor_expired"],
  precondition_failed: [412, "precondition_failed"],
  payload_too_large: [413, "payload_too_large"],
  unsupported_media_type: [415, "unsupported_media_type"],
  idempotency_mismatch: [422, "idempotency_key_reused"],
  rate_limited: [429, "rate_limit_exceeded"],
  internal: [500, "server_error"],
  unavailable: [503, "service_unavailable"],
};

/** Reasons that document 002's one message for 401 speaks of; others (expired, in the query string) say more. */
const PLAINLY_INVALID = new Set(["api_key_missing", "api_key_malformed", "api_key_invalid"]);

/** The messages of document 002, word for word where it shows one. */
function wording(error: DomainError): string {
  const { retryAfterSeconds, requiredScope, reason = "" } = error.details;
  switch (error.code) {
    case "not_found":
      return "Resource not found.";
    case "unauthorized":
      return PLAINLY_INVALID.has(reason) ? "Invalid or missing API key." : error.message;
    case "feature_limit_reached":
      return "You have reached your limit for this feature.";
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

/** A field's messages as document 002 words them; others are as the fields put them. */
const fieldWording = (name: string, messages: string[]): string[] =>
  messages.map((message) => {
    if (message === "is required") return `The ${name} field is required.`;
    return message === "must be an email address" ? `The ${name} must be a valid email address.` : message;
  });

function extras(error: DomainError, at: Meta): Record<string, unknown> {
  const { fields, limit, retryAfterSeconds, feature, upgradeUrl, reason, oldestEvent } = error.details;
  return {
    ...(fields && {
      errors: Object.fromEntries(Object.entries(fields).map(([name, list]) => [name, fieldWording(name, list)])),
    }),
    ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
    ...(limit && {
      limit: limit.limit,
      remaining: limit.remaining,
      reset_at: instant((Math.ceil(at.now / 1000) + limit.resetSeconds) * 1000),
      limit_name: limit.name,
      limit_scope: limit.scope,
    }),
    ...(feature && { feature }),
    ...(upgradeUrl && { upgrade_url: upgradeUrl }),
    ...(reason && { reason }),
    ...(oldestEvent !== undefined && { oldest_event: oldestEvent }),
    request_id: at.requestId,
  };
}

/** `meta` and `links` of a numbered list (document 002); links keep the caller's other parameters. */
function numbered({ items, pagination }: ListPage, request: Request | undefined) {
  const { page, perPage, total, isPart } = pagination as {
    page: number;
    perPage: number;
    total: number;
    isPart?: boolean;
  };
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const link = (number: number): string => {
    const url = new URL(request?.url ?? "https://localhost/");
    url.searchParams.set("page", String(number));
    // A page that would not fit into an answer is given as several smaller ones.
    if (isPart) url.searchParams.set("per_page", String(perPage));
    return url.toString();
  };
  const from = items.length > 0 ? (page - 1) * perPage + 1 : null;
  return {
    meta: {
      current_page: page,
      from,
      last_page: lastPage,
      per_page: perPage,
      to: from === null ? null : from + items.length - 1,
      total,
    },
    links: {
      first: link(1),
      last: link(lastPage),
      prev: page > 1 ? link(Math.min(page - 1, lastPage)) : null,
      next: page < lastPage ? link(page + 1) : null,
    },
  };
}

const ListMetaSchema = z
  .object({
    current_page: z.int(),
    from: z.int().nullable(),
    last_page: z.int(),
    per_page: z.int(),
    to: z.int().nullable(),
    total: z.int(),
  })
  .openapi("PlatformListMeta");

const LinksSchema = z
  .object({ first: z.string(), last: z.string(), prev: z.string().nullable(), next: z.string().nullable() })
  .openapi("PlatformLinks");

const ErrorSchema = z
  .object({
    error: openEnum([...new Set(["api_key_expired", ...Object.values(CODES).map(([, code]) => code)])]),
    message: z.string(),
    errors: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .register(z.globalRegistry, { description: "What is wrong, by field" }),
    reason: z.string().optional().register(z.globalRegistry, { description: "A cause more exact than the code" }),
    feature: z.string().optional(),
    retry_after: z.int().optional().register(z.globalRegistry, { description: "Seconds to wait" }),
    limit: z.int().optional().register(z.globalRegistry, { description: "What the limit allows" }),
    remaining: z.int().optional(),
    reset_at: z.iso.datetime().optional(),
    limit_name: z.string().optional().register(z.globalRegistry, { example: "requests_per_minute" }),
    limit_scope: z
      .string()
      .optional()
      .register(z.globalRegistry, { description: "Whose limit it is: key, workspace, site or ip" }),
    upgrade_url: z.string().optional(),
    request_id: z.string(),
  })
  .catchall(z.unknown())
  .openapi("PlatformError", { description: "What went wrong on `/api/v1`" });

/** `/api/v1`: snake_case, `{data, meta, links}`, `{error, message, …}` (document 002). */
export const platformSurface: Surface = {
  name: "platform",
  basePath: "/api/v1",
  title: "Platform API",
  resource: (data) => (data as { data?: unknown }).data ?? data,
  one: (data) => data,
  list: (page, at) => ({ data: page.items, ...numbered(page, at.request) }),
  error(error, at) {
    const [status, code] = CODES[error.code];
    const name = error.details.reason === "api_key_expired" ? "api_key_expired" : code;
    return { status, body: { error: name, message: wording(error), ...extras(error, at) } };
  },
  wording,
  statusOf: (code) => CODES[code][0],
  selectWorkspace,
  schemas: {
    one: (data) => data,
    list: (item) => z.object({ data: z.array(item), meta: ListMetaSchema, links: LinksSchema }),
    error: ErrorSchema,
  },
};

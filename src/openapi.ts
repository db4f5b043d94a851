import { OpenAPIHono, z } from "@hono/zod-openapi";
import "./events.ts";
import { SURFACES } from "./surfaces.ts";
import { VERSION } from "./content/health/service.ts";
import type { ErrorCode } from "./core/errors.ts";
import { type Endpoint, isWrite } from "./core/http/endpoint.ts";
import type { Surface } from "./core/http/surface.ts";
import { TAG_DESCRIPTIONS } from "./openapi-tags.ts";

const JSON_TYPE = "application/json";
const SECURITY: Record<string, string[]>[] = [{ ApiKey: [] }, { Bearer: [] }];

/** The errors an endpoint can give, by what it is: read off the pipeline's steps. */
export function errorCodesOf(surface: Surface, endpoint: Endpoint): ErrorCode[] {
  const codes: ErrorCode[] = [
    "validation_failed",
    "rate_limited",
    "internal",
    "unavailable",
    ...(endpoint.errors ?? []),
  ];
  if (endpoint.scope !== "public") codes.push("unauthorized", "forbidden", "feature_limit_reached");
  // Besides the ids in the path, a header may name a workspace there is not.
  if (endpoint.path.includes("{") || surface.selectWorkspace) codes.push("not_found");
  if (endpoint.body) codes.push("bad_request", "unsupported_media_type");
  if (isWrite(endpoint)) {
    codes.push("payload_too_large");
    // Answers are kept for keys only.
    if (endpoint.scope !== "public") codes.push("conflict", "idempotency_in_progress", "idempotency_mismatch");
    if (endpoint.etag) codes.push("precondition_failed");
  }
  return codes;
}

/** Every status an endpoint may answer with. */
export function statusesOf(surface: Surface, endpoint: Endpoint): Set<number> {
  const { status, also = [] } = endpoint.success;
  const statuses = new Set([status, ...also.map((it) => it.status)]);
  if (endpoint.etag && !isWrite(endpoint)) statuses.add(304);
  for (const code of errorCodesOf(surface, endpoint)) statuses.add(surface.statusOf(code));
  return statuses;
}

const ERROR_TEXT: Record<number, string> = {
  400: "The request is not valid",
  401: "Missing, unknown, inactive or expired API key",
  403: "The key is not allowed to do this",
  404: "There is no such resource",
  405: "What is asked for cannot be done; `Allow` lists what can",
  409: "The request conflicts with the state of the resource",
  412: "The resource is no longer at the version named by If-Match",
  413: "The body is larger than 1 MB",
  415: "The body is not JSON",
  422: "What was sent is not valid, or the Idempotency-Key was used for another request",
  429: "A limit was hit; the body names it",
  500: "An unexpected error",
  503: "Temporarily unavailable; retry after the time given",
};

const text = (description: string, example: string) => ({ description, schema: { type: "string" as const, example } });

const LIMIT_HEADERS = {
  "X-Request-ID": text("Names this request", "req_01KAGW6PSZ0000000000000000"),
  "X-RateLimit-Limit": text("Requests allowed in the window", "600"),
  "X-RateLimit-Remaining": text("Requests left", "594"),
  "X-RateLimit-Reset": text("Unix seconds at which the limit is whole again", "1748260860"),
};

function responsesOf(surface: Surface, endpoint: Endpoint) {
  const { success } = endpoint;
  const responses: Record<string, object> = {};
  for (const status of [...statusesOf(surface, endpoint)].sort()) {
    if (status < 400) continue;
    const retry = [409, 429, 503].includes(status) ? { "Retry-After": text("Seconds to wait", "45") } : {};
    const headers = { ...LIMIT_HEADERS, ...retry };
    responses[status] = {
      description: ERROR_TEXT[status],
      headers,
      content: { [JSON_TYPE]: { schema: surface.schemas.error } },
    };
  }
  const etag = endpoint.etag ? { ETag: text("The resource's version", '"v3"') } : {};
  const headers = { ...LIMIT_HEADERS, ...etag };
  const schema =
    success.data && (success.list ? surface.schemas.list(success.data) : surface.schemas.one(success.data));
  for (const { status, description } of [success, ...(success.also ?? [])]) {
    // Nothing is left that a tag could stand for.
    const sent = status === 204 ? LIMIT_HEADERS : headers;
    responses[status] = { description, headers: sent, ...(schema && { content: { [JSON_TYPE]: { schema } } }) };
  }
  if (endpoint.etag && !isWrite(endpoint))
    responses[304] = { description: "Not changed since the ETag given", headers };
  return responses;
}

const IdempotencyKey = z
  .string()
  .max(255)
  .optional()
  .openapi({
    param: { name: "Idempotency-Key", in: "header" },
    description: "Repeating the call with the same key within 24 hours gives the same answer and does nothing twice",
  });
const IfMatch = z
  .string()
  .optional()
  .openapi({
    param: { name: "If-Match", in: "header" },
    description: "Write only if the resource is still at this ETag",
  });
const IfNoneMatch = z
  .string()
  .optional()
  .openapi({
    param: { name: "If-None-Match", in: "header" },
    description: "Answer 304 if the resource still has this ETag",
  });

const WorkspaceId = z
  .string()
  .optional()
  .openapi({
    param: { name: "X-Workspace-ID", in: "header" },
    description: "Another workspace of the same account that the call is about, for a key with `account_access`",
  });

function headersOf(surface: Surface, endpoint: Endpoint) {
  return z.object({
    ...(surface.selectWorkspace && endpoint.scope !== "public" && { "X-Workspace-ID": WorkspaceId }),
    ...(isWrite(endpoint) && { "Idempotency-Key": IdempotencyKey }),
    ...(endpoint.etag && isWrite(endpoint) && { "If-Match": IfMatch }),
    ...(endpoint.etag && !isWrite(endpoint) && { "If-None-Match": IfNoneMatch }),
  });
}

/** The published description of every surface (OpenAPI 3.1), for `server` as base address. */
export function openApiDocument(server: string): object {
  const description = new OpenAPIHono();
  const registry = description.openAPIRegistry;
  registry.registerComponent("securitySchemes", "ApiKey", { type: "apiKey", in: "header", name: "X-Api-Key" });
  registry.registerComponent("securitySchemes", "Bearer", { type: "http", scheme: "bearer" });
  for (const { surface, endpoints } of SURFACES) {
    for (const endpoint of endpoints) {
      const { body, scope } = endpoint;
      const needs =
        scope === "public" ? "Needs no API key." : scope ? `Required scope: \`${scope}\`.` : "Any valid API key.";
      registry.registerPath({
        method: endpoint.method,
        path: surface.basePath + endpoint.path,
        operationId: endpoint.operationId,
        tags: [endpoint.tag],
        summary: endpoint.summary,
        description: [endpoint.description, needs].filter(Boolean).join("\n\n"),
        security: scope === "public" ? [] : SECURITY,
        request: {
          headers: headersOf(surface, endpoint),
          ...(endpoint.params && { params: endpoint.params as never }),
          ...(endpoint.query && { query: endpoint.query as never }),
          ...(body && {
            body: {
              required: !endpoint.bodyOptional,
              content: {
                [JSON_TYPE]: { schema: body as never },
                ...(endpoint.beacon && { "text/plain": { schema: body as never } }),
              },
            },
          }),
        },
        responses: responsesOf(surface, endpoint) as never,
      });
    }
  }
  const tags = [...new Set(SURFACES.flatMap(({ endpoints }) => endpoints.map((it) => it.tag)))];
  return description.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Edge CMS API",
      version: VERSION,
      description: "Content, commerce and publishing over HTTPS with an API key.",
      license: { name: "Proprietary", url: `${server}/` },
    },
    servers: [{ url: server }],
    tags: tags.map((name) => ({ name, description: TAG_DESCRIPTIONS[name] })),
  });
}

import { OpenAPIHono, z } from "@hono/zod-openapi";
import "./events.ts";
import { SURFACES } from "./surfaces.ts";
import { AddressSchema } from "./content/shop/orders/contract.ts";
import { DomainProofSchema } from "./content/sites/contract.ts";
import { eventPatternSchema } from "./core/events/schema.ts";
import { UrlSchema } from "./core/fields.ts";
import { WebhookUrlSchema } from "./webhooks/fields.ts";
import { VERSION } from "./content/health/service.ts";
import type { ErrorCode } from "./core/errors.ts";
import { type Endpoint, isWrite } from "./core/http/endpoint.ts";
import type { Surface } from "./core/http/surface.ts";
import { errorResponse, errorResponseName, errorSchemaName } from "./openapi/errors.ts";
import { type Document, finishDocument } from "./openapi/finish.ts";
import { headerComponents, successHeaders } from "./openapi/headers.ts";
import { INTRODUCTION, TAG_DESCRIPTIONS } from "./openapi/tags.ts";
import { webhooksOf } from "./openapi/webhooks.ts";

/** Named before they are met: what is met first in words of one place, or as "this or null", would be that everywhere. */
const SHARED = {
  Link: UrlSchema,
  Address: AddressSchema,
  DomainProof: DomainProofSchema,
  WebhookUrl: WebhookUrlSchema,
  EventPattern: eventPatternSchema,
};

const JSON_TYPE = "application/json";
const FORM_TYPE = "multipart/form-data";

/** Either header, with the scope the key needs. */
const securityOf = ({ scope }: Endpoint): Record<string, string[]>[] => {
  const scopes = scope === null ? [] : [scope];
  return scope === "public" ? [] : [{ ApiKey: scopes }, { Bearer: scopes }];
};

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
  const namesWorkspace = surface.selectWorkspace && endpoint.scope !== "public";
  if (endpoint.path.includes("{") || namesWorkspace) codes.push("not_found");
  if (endpoint.body || endpoint.form) codes.push("bad_request", "unsupported_media_type");
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

function responsesOf(surface: Surface, endpoint: Endpoint) {
  const { success } = endpoint;
  const responses: Record<string, object> = {};
  for (const status of [...statusesOf(surface, endpoint)].sort()) {
    if (status >= 400) responses[status] = { $ref: `#/components/responses/${errorResponseName(surface, status)}` };
  }
  const data = success.described ?? success.data;
  const schema = data && (success.list ? surface.schemas.list(data) : surface.schemas.one(data));
  for (const { status, description } of [success, ...(success.also ?? [])]) {
    const headers = successHeaders(endpoint, status);
    const { textType } = success;
    const content = textType ? { [textType]: { schema: z.string() } } : schema && { [JSON_TYPE]: { schema } };
    responses[status] = { description, headers, ...(content && { content }) };
  }
  if (endpoint.etag && !isWrite(endpoint)) {
    responses[304] = { description: "Not changed since the ETag given", headers: successHeaders(endpoint, 304) };
  }
  return responses;
}

const NeededIdempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[ -~]*$/)
  .meta({
    param: { name: "Idempotency-Key", in: "header" },
    description: "Repeating the call with the same key within 24 hours gives the same answer and does nothing twice",
  });
const IdempotencyKey = NeededIdempotencyKey.optional();
const IfMatch = z
  .string()
  .optional()
  .register(z.globalRegistry, {
    param: { name: "If-Match", in: "header" },
    description: "Write only if the resource is still at this ETag",
  });
const IfNoneMatch = z
  .string()
  .optional()
  .register(z.globalRegistry, {
    param: { name: "If-None-Match", in: "header" },
    description: "Answer 304 if the resource still has this ETag",
  });

const WorkspaceId = z
  .int()
  .min(1)
  .optional()
  .register(z.globalRegistry, {
    param: { name: "X-Workspace-ID", in: "header" },
    description: "Another workspace of the same account that the call is about, for a key with `account_access`",
  });

function headersOf(surface: Surface, endpoint: Endpoint) {
  return z.object({
    ...(surface.selectWorkspace && endpoint.scope !== "public" && { "X-Workspace-ID": WorkspaceId }),
    ...(isWrite(endpoint) && {
      "Idempotency-Key": endpoint.needsIdempotencyKey ? NeededIdempotencyKey : IdempotencyKey,
    }),
    ...(endpoint.etag && isWrite(endpoint) && { "If-Match": IfMatch }),
    ...(endpoint.etag && !isWrite(endpoint) && { "If-None-Match": IfNoneMatch }),
  });
}

/**
 * The published description of every surface (OpenAPI 3.1), for `server` as base address. `keyPrefixes`, joined by commas,
 * are those of other systems whose keys this deployment takes.
 */
export function openApiDocument(server: string, keyPrefixes = ""): object {
  const description = new OpenAPIHono();
  const registry = description.openAPIRegistry;
  registry.registerComponent("securitySchemes", "ApiKey", { type: "apiKey", in: "header", name: "X-Api-Key" });
  registry.registerComponent("securitySchemes", "Bearer", { type: "http", scheme: "bearer" });
  for (const [name, header] of Object.entries(headerComponents()))
    registry.registerComponent("headers", name, header as never);
  for (const [name, schema] of Object.entries(SHARED)) registry.register(name, schema);
  for (const { surface, endpoints } of SURFACES) {
    registry.register(errorSchemaName(surface), surface.schemas.error);
    const statuses = new Set(endpoints.flatMap((it) => [...statusesOf(surface, it)]).filter((it) => it >= 400));
    const isOpen = endpoints.some((it) => it.cors);
    for (const status of [...statuses].sort()) {
      registry.registerComponent(
        "responses",
        errorResponseName(surface, status),
        errorResponse(surface, status, isOpen) as never,
      );
    }
    for (const endpoint of endpoints) {
      const { body, form, scope } = endpoint;
      const described = endpoint.describedBody ?? body;
      const needs =
        scope === "public" ? "Needs no API key." : scope ? `Required scope: \`${scope}\`.` : "Any valid API key.";
      registry.registerPath({
        method: endpoint.method,
        path: surface.basePath + endpoint.path,
        operationId: endpoint.operationId,
        tags: [endpoint.tag],
        summary: endpoint.summary,
        description: [endpoint.description, needs].filter(Boolean).join("\n\n"),
        security: securityOf(endpoint),
        request: {
          headers: headersOf(surface, endpoint),
          ...(endpoint.params && { params: endpoint.params as never }),
          ...(endpoint.query && { query: endpoint.query as never }),
          ...(form && { body: { required: true, content: { [FORM_TYPE]: { schema: form.fields as never } } } }),
          ...(described && {
            body: {
              required: !endpoint.bodyOptional,
              content: {
                [JSON_TYPE]: { schema: described as never },
                ...(endpoint.beacon && { "text/plain": { schema: body as never } }),
                ...(endpoint.csv && { "text/csv": { schema: z.string() } }),
              },
            },
          }),
        },
        responses: responsesOf(surface, endpoint) as never,
      });
    }
  }
  const tags = [...new Set(SURFACES.flatMap(({ endpoints }) => endpoints.map((it) => it.tag)))];
  const document = description.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Edge CMS API",
      version: VERSION,
      description: INTRODUCTION,
      license: { name: "Proprietary", url: `${server}/` },
    },
    servers: [{ url: server }],
    tags: tags.map((name) => ({ name, description: TAG_DESCRIPTIONS[name] })),
  });
  const whole = { ...document, webhooks: webhooksOf(document.components?.schemas ?? {}) };
  finishDocument(whole as Document, keyPrefixes.split(",").filter(Boolean));
  return whole;
}

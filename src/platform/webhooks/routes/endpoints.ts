import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../../core/http/endpoint.ts";
import { RUNTIME } from "../../../core/runtime.ts";
import { subscriptionOf } from "../../../webhooks/fields.ts";
import type { EndpointRow } from "../../../webhooks/lease.ts";
import { findEndpoint, isOwnEndpoint } from "../../../webhooks/service/find.ts";
import { ENDPOINT_STATUSES, numberedEndpoints } from "../../../webhooks/service/list.ts";
import { requireSamples, samplesOf } from "../../../webhooks/service/samples.ts";
import { testEndpoint } from "../../../webhooks/service/test.ts";
import {
  createEndpoint,
  deleteEndpoint,
  endPreviousSecret,
  rotateSecret,
  updateEndpoint,
} from "../../../webhooks/service/write.ts";
import { shownWebhook, shownWebhooks } from "../../../webhooks/wire.ts";
import { listEndpoint } from "../../lists/list.ts";
import { SITE_INCLUDE } from "../../lists/site-includes.ts";
import { dataOf, IdParam, integerId, messageOf, made } from "../../replies.ts";
import {
  CreateWebhookSchema,
  NewWebhookSchema,
  RotateWebhookSchema,
  SamplesSchema,
  TestReportSchema,
  TestWebhookSchema,
  UpdateWebhookSchema,
  WebhookSchema,
} from "../contract.ts";
import { toReport } from "../replies.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const tag = "Webhooks";
const integrations = true;
const params = z.object({ webhookId: IdParam });
const idOf = ({ webhookId }: { webhookId: string }) => ({ endpointId: integerId(webhookId, "Webhook") });

export const endpointRoutes: Endpoint[] = [
  listEndpoint({
    path: "/webhooks",
    operationId: "listWebhooks",
    tag,
    summary: "List webhook endpoints",
    description: "`include=site` asks for `sites:read` as well.",
    scope: "webhooks:read",
    integrations,
    schema: WebhookSchema,
    sorts: ["created_at", "updated_at", "last_delivery_at"],
    statuses: [...ENDPOINT_STATUSES],
    isSearchable: true,
    includes: { site: SITE_INCLUDE },
    source: numberedEndpoints,
    toWires: (rows: EndpointRow[], ctx) => shownWebhooks(ctx, rows),
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks",
    operationId: "createWebhook",
    tag,
    summary: "Create a webhook endpoint",
    description:
      "The secret is returned once, here. Automation tools subscribe with the same call: `target_url` and `event` are understood too.",
    scope: "webhooks:write",
    integrations,
    body: CreateWebhookSchema,
    success: { status: 201, description: "The new endpoint with its secret", data: messageOf(NewWebhookSchema) },
    errors: ["conflict"],
    handle: async ({ ctx, input: { body } }) => {
      const { row, secret } = await createEndpoint({
        ctx,
        input: {
          ...subscriptionOf(body),
          secret: body.secret,
          description: body.description ?? null,
          siteId: body.site_id ?? null,
        },
      });
      const data = { ...(await shownWebhook(ctx, row)), secret };
      return { ...made("/webhooks", "Webhook endpoint created successfully.", data), version: row.version };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/webhooks/samples/{event}",
    operationId: "listWebhookSamples",
    tag,
    summary: "What webhooks of an event carry",
    description: "The `data` of the latest events of this type, or a made-up one while there was none.",
    scope: "webhooks:read",
    integrations,
    params: pathParams("event"),
    authorise: async (ctx, { event }) => requireSamples(ctx, event),
    success: { status: 200, description: "Samples, newest first", data: SamplesSchema },
    handle: async ({ ctx, input }) => ({ data: { data: await samplesOf({ ctx, input: input.params }) } }),
  }),
  defineEndpoint({
    method: "get",
    path: "/webhooks/{webhookId}",
    operationId: "getWebhook",
    tag,
    summary: "Get a webhook endpoint",
    scope: "webhooks:read",
    integrations,
    params,
    etag: true,
    success: { status: 200, description: "The endpoint, without its secret", data: dataOf(WebhookSchema) },
    handle: async ({ ctx, input }) => {
      const row = await findEndpoint(ctx, idOf(input.params));
      return { data: { data: await shownWebhook(ctx, row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "patch",
    path: "/webhooks/{webhookId}",
    operationId: "updateWebhook",
    tag,
    summary: "Change a webhook endpoint",
    description:
      "Switched off, it is sent nothing, and what it was still due counts as failed; a replay sends it later.",
    scope: "webhooks:write",
    integrations,
    params,
    etag: true,
    body: UpdateWebhookSchema,
    success: { status: 200, description: "The changed endpoint", data: messageOf(WebhookSchema) },
    handle: async ({ ctx, input: { params: named, body, expectedVersions } }) => {
      const { is_active: isActive, ...plain } = body;
      const changes = { ...plain, ...(isActive !== undefined && { isActive }) };
      const row = await updateEndpoint({ ctx, input: { ...idOf(named), changes: changes as never, expectedVersions } });
      return {
        data: { message: "Webhook endpoint updated successfully.", data: await shownWebhook(ctx, row) },
        version: row.version,
      };
    },
  }),
  defineEndpoint({
    method: "delete",
    path: "/webhooks/{webhookId}",
    operationId: "deleteWebhook",
    tag,
    summary: "Delete a webhook endpoint",
    description: "For the endpoints a key has set up itself, or stands behind, `webhooks:write` is enough.",
    scope: "webhooks:delete",
    own: {
      scope: "webhooks:write",
      isOwn: (ctx, { webhookId }) => isOwnEndpoint(ctx, Number(webhookId)),
    },
    integrations,
    params,
    etag: true,
    success: { status: 204, description: "The endpoint is deleted; nothing more is sent to it" },
    handle: async ({ ctx, input: { params: named, expectedVersions } }) => {
      await deleteEndpoint({ ctx, input: { ...idOf(named), expectedVersions } });
      return {};
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/rotate-secret",
    operationId: "rotateWebhookSecret",
    tag,
    summary: "Replace an endpoint's secret",
    description:
      "Returned once, here. For 24 hours, or `grace_period_hours`, deliveries are signed with both, so that receivers can change over.",
    scope: "webhooks:write",
    integrations,
    params,
    body: RotateWebhookSchema,
    bodyOptional: true,
    success: { status: 200, description: "The endpoint with its new secret", data: messageOf(NewWebhookSchema) },
    handle: async ({ ctx, input }) => {
      const { secret: given, grace_period_hours: graceHours } = input.body;
      const { row, secret } = await rotateSecret({ ctx, input: { ...idOf(input.params), secret: given, graceHours } });
      return {
        data: { message: "Webhook secret rotated successfully.", data: { ...(await shownWebhook(ctx, row)), secret } },
      };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/end-previous-secret",
    operationId: "endPreviousWebhookSecret",
    tag,
    summary: "End an endpoint's former secret at once",
    description: "Deliveries that begin after it are signed with the present secret alone.",
    scope: "webhooks:write",
    integrations,
    params,
    success: { status: 200, description: "The endpoint", data: messageOf(WebhookSchema) },
    handle: async ({ ctx, input }) => {
      const row = await endPreviousSecret({ ctx, input: idOf(input.params) });
      return { data: { message: "The former secret no longer signs.", data: await shownWebhook(ctx, row) } };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/test",
    operationId: "testWebhook",
    tag,
    summary: "Send a test event",
    description:
      "Posts a signed event and waits up to 30 seconds for the answer. It is no delivery: not logged, not tried again.",
    scope: "webhooks:write",
    integrations,
    params,
    body: TestWebhookSchema,
    bodyOptional: true,
    success: { status: 200, description: "What came of it, success or not", data: TestReportSchema },
    handle: async ({ ctx, input }) => ({
      data: toReport(await testEndpoint({ ctx, input: { ...idOf(input.params), ...input.body }, runtime: RUNTIME })),
    }),
  }),
];

import type { Endpoint } from "../../../core/http/endpoint.ts";
import { RUNTIME } from "../../../core/runtime.ts";
import { subscriptionOf } from "../../../webhooks/fields.ts";
import { findEndpoint } from "../../../webhooks/service/find.ts";
import { requireSamples, samplesOf } from "../../../webhooks/service/samples.ts";
import { testEndpoint } from "../../../webhooks/service/test.ts";
import {
  createEndpoint,
  deleteEndpoint,
  endPreviousSecret,
  rotateSecret,
  updateEndpoint,
} from "../../../webhooks/service/write.ts";
import { contentEndpoint } from "../../define.ts";
import { findSite } from "../../sites/service.ts";
import {
  CreateSiteWebhookSchema,
  HookParams,
  ListHooksQuery,
  NewSiteWebhookSchema,
  RotateSiteWebhookSchema,
  SampleParams,
  SiteParams,
  SiteTestReportSchema,
  SiteWebhookSchema,
  UpdateSiteWebhookSchema,
} from "../contract.ts";
import { z } from "@hono/zod-openapi";
import { hookOf, shownHook, toHookReport } from "../replies.ts";
import { listHooks } from "../service.ts";

const tag = "Webhooks";
const integrations = true;

export const hookRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks",
    operationId: "listSiteWebhooks",
    tag,
    summary: "List a website's webhooks",
    scope: "webhooks:read",
    integrations,
    params: SiteParams,
    query: ListHooksQuery,
    success: { status: 200, description: "A page of webhooks", data: SiteWebhookSchema, list: true },
    handle: async ({ ctx, input }) => ({ page: await listHooks(ctx, input.params.siteId, input.query) }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks",
    operationId: "createSiteWebhook",
    tag,
    summary: "Create a webhook for a website's events",
    description: "The secret is returned once, here. Automation tools subscribe with the same call.",
    scope: "webhooks:write",
    integrations,
    params: SiteParams,
    body: CreateSiteWebhookSchema,
    success: { status: 201, description: "The new webhook with its secret", data: NewSiteWebhookSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body } }) => {
      const { id: siteId } = await findSite(ctx, params.siteId);
      const { row, secret } = await createEndpoint({
        ctx,
        input: {
          ...subscriptionOf(body),
          secret: body.secret,
          description: body.description ?? null,
          siteId,
        },
      });
      const headers = { Location: `/v1/sites/${siteId}/webhooks/wh_${row.id}` };
      return { data: { ...(await shownHook(ctx, row)), secret }, version: row.version, headers };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/samples/{event}",
    operationId: "listSiteWebhookSamples",
    tag,
    summary: "What webhooks of an event carry",
    scope: "webhooks:read",
    integrations,
    params: SampleParams,
    authorise: async (ctx, { event }) => requireSamples(ctx, event),
    success: { status: 200, description: "Samples, newest first", data: z.array(z.unknown()) },
    handle: async ({ ctx, input }) => {
      await findSite(ctx, input.params.siteId);
      return { data: await samplesOf({ ctx, input: input.params }) };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/{hookId}",
    operationId: "getSiteWebhook",
    tag,
    summary: "Get a webhook",
    scope: "webhooks:read",
    integrations,
    params: HookParams,
    etag: true,
    success: { status: 200, description: "The webhook, without its secret", data: SiteWebhookSchema },
    handle: async ({ ctx, input }) => {
      const row = await findEndpoint(ctx, hookOf(input.params));
      return { data: await shownHook(ctx, row), version: row.version };
    },
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}/webhooks/{hookId}",
    operationId: "updateSiteWebhook",
    tag,
    summary: "Change a webhook",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    etag: true,
    body: UpdateSiteWebhookSchema,
    success: { status: 200, description: "The changed webhook", data: SiteWebhookSchema },
    handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
      const { active, ...plain } = body;
      const changes = { ...plain, ...(active !== undefined && { isActive: active }) };
      const input = { ...hookOf(params), changes: changes as never, expectedVersions };
      const row = await updateEndpoint({ ctx, input });
      return { data: await shownHook(ctx, row), version: row.version };
    },
  }),
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/webhooks/{hookId}",
    operationId: "deleteSiteWebhook",
    tag,
    summary: "Delete a webhook",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    etag: true,
    success: { status: 204, description: "The webhook is deleted; nothing more is sent to it" },
    handle: async ({ ctx, input: { params, expectedVersions } }) => {
      await deleteEndpoint({ ctx, input: { ...hookOf(params), expectedVersions } });
      return {};
    },
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/rotate-secret",
    operationId: "rotateSiteWebhookSecret",
    tag,
    summary: "Replace a webhook's secret",
    description: "Returned once, here. For 24 hours, or `gracePeriodHours`, deliveries are signed with both.",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    body: RotateSiteWebhookSchema,
    bodyOptional: true,
    success: { status: 200, description: "The webhook with its new secret", data: NewSiteWebhookSchema },
    handle: async ({ ctx, input }) => {
      const { secret: given, gracePeriodHours: graceHours } = input.body;
      const { row, secret } = await rotateSecret({
        ctx,
        input: { ...hookOf(input.params), secret: given, graceHours },
      });
      return { data: { ...(await shownHook(ctx, row)), secret } };
    },
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/end-previous-secret",
    operationId: "endPreviousSiteWebhookSecret",
    tag,
    summary: "End a webhook's former secret at once",
    description: "Deliveries that begin after it are signed with the present secret alone.",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    success: { status: 200, description: "The webhook", data: SiteWebhookSchema },
    handle: async ({ ctx, input }) => ({
      data: await shownHook(ctx, await endPreviousSecret({ ctx, input: hookOf(input.params) })),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/test",
    operationId: "testSiteWebhook",
    tag,
    summary: "Send a test event",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    success: { status: 200, description: "What came of it, success or not", data: SiteTestReportSchema },
    handle: async ({ ctx, input }) => ({
      data: toHookReport(await testEndpoint({ ctx, input: hookOf(input.params), runtime: RUNTIME })),
    }),
  }),
];

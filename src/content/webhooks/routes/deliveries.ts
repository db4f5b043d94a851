import type { Endpoint } from "../../../core/http/endpoint.ts";
import { retryDelivery } from "../../../webhooks/service/deliveries.ts";
import { deliveryWithPayload } from "../../../webhooks/service/payload.ts";
import { contentEndpoint } from "../../define.ts";
import {
  HookDeliveryParams,
  HookParams,
  ListHookDeliveriesQuery,
  SiteDeliveryDetailSchema,
  SiteDeliverySchema,
} from "../contract.ts";
import { hookOf, numberOf, toHookDelivery, toHookDeliveryDetail } from "../replies.ts";
import { listHookDeliveries } from "../service.ts";

const tag = "Webhooks";
const integrations = true;

const deliveryOf = (params: { siteId: string; hookId: string; hookDeliveryId: string }) => ({
  ...hookOf(params),
  deliveryId: numberOf("whd", params.hookDeliveryId, "Delivery"),
});

export const hookDeliveryRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/{hookId}/deliveries",
    operationId: "listSiteWebhookDeliveries",
    tag,
    summary: "List a webhook's deliveries",
    scope: "webhooks:read",
    integrations,
    params: HookParams,
    query: ListHookDeliveriesQuery,
    success: { status: 200, description: "A page of deliveries", data: SiteDeliverySchema, list: true },
    handle: async ({ ctx, input }) => ({ page: await listHookDeliveries(ctx, hookOf(input.params), input.query) }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/{hookId}/deliveries/{hookDeliveryId}",
    operationId: "getSiteWebhookDelivery",
    tag,
    summary: "Get a delivery",
    scope: "webhooks:read",
    integrations,
    params: HookDeliveryParams,
    description:
      "With every attempt, the headers of each as they were sent, and what it carries: `payload` is null once the event is no longer kept, and for keys that may not hear of it.",
    success: { status: 200, description: "The delivery with every attempt", data: SiteDeliveryDetailSchema },
    handle: async ({ ctx, input }) => {
      const { row, payload } = await deliveryWithPayload(ctx, deliveryOf(input.params));
      return { data: toHookDeliveryDetail(row, payload) };
    },
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/deliveries/{hookDeliveryId}/retry",
    operationId: "retrySiteWebhookDelivery",
    tag,
    summary: "Try a delivery again now",
    scope: "webhooks:write",
    integrations,
    params: HookDeliveryParams,
    success: { status: 200, description: "The delivery is due", data: SiteDeliverySchema },
    errors: ["cannot_retry", "conflict"],
    handle: async ({ ctx, input }) => ({
      data: toHookDelivery(await retryDelivery({ ctx, input: deliveryOf(input.params) })),
    }),
  }),
];

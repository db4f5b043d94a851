import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../../core/http/endpoint.ts";
import { DELIVERY_STATUSES, numberedDeliveries, retryDelivery } from "../../../webhooks/service/deliveries.ts";
import { deliveryWithPayload } from "../../../webhooks/service/payload.ts";
import { type DeliveryRow, toDelivery, toDeliveryDetail } from "../../../webhooks/wire.ts";
import { listEndpoint } from "../../lists/list.ts";
import { dataOf, IdParam, integerId, messageOf } from "../../replies.ts";
import { DeliveryDetailSchema, DeliveryFilters, DeliverySchema, RetriedSchema } from "../contract.ts";

const tag = "Webhooks";
const integrations = true;
const params = z.object({ webhookId: IdParam });
const deliveryParams = z.object({ webhookId: IdParam, deliveryId: IdParam });
const idOf = ({ webhookId }: { webhookId: string }) => ({ endpointId: integerId(webhookId, "Webhook") });
const idsOf = ({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) => ({
  ...idOf({ webhookId }),
  deliveryId: integerId(deliveryId, "Delivery"),
});

export const deliveryRoutes: Endpoint[] = [
  listEndpoint({
    path: "/webhooks/{webhookId}/deliveries",
    operationId: "listWebhookDeliveries",
    tag,
    summary: "List webhook deliveries",
    scope: "webhooks:read",
    integrations,
    params,
    schema: DeliverySchema,
    sorts: ["created_at"],
    statuses: [...DELIVERY_STATUSES],
    isSearchable: true,
    filters: DeliveryFilters,
    source: (ctx, query, named: { webhookId: string }) => {
      const { event_type: eventType, response_code: responseCode } = query.filters as z.output<
        z.ZodObject<typeof DeliveryFilters>
      >;
      return numberedDeliveries(ctx, idOf(named), { status: query.status, eventType, responseCode });
    },
    toWire: (row: DeliveryRow) => toDelivery(row),
  }),
  defineEndpoint({
    method: "get",
    path: "/webhooks/{webhookId}/deliveries/{deliveryId}",
    operationId: "getWebhookDelivery",
    tag,
    summary: "Get a delivery with every attempt",
    description:
      "With the headers of each as they were sent, and what it carries: `payload` is null once the event is no longer kept, and for keys that may not hear of it.",
    scope: "webhooks:read",
    integrations,
    params: deliveryParams,
    success: { status: 200, description: "The delivery", data: dataOf(DeliveryDetailSchema) },
    handle: async ({ ctx, input }) => {
      const { row, payload } = await deliveryWithPayload(ctx, idsOf(input.params));
      return { data: { data: toDeliveryDetail(row, payload) } };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/deliveries/{deliveryId}/retry",
    operationId: "retryWebhookDelivery",
    tag,
    summary: "Try a delivery again now",
    description:
      "Also one that has used up its attempts. One that succeeded answers `cannot_retry`; a replay sends it again.",
    scope: "webhooks:write",
    integrations,
    params: deliveryParams,
    success: { status: 200, description: "The delivery is due", data: messageOf(RetriedSchema) },
    errors: ["cannot_retry", "conflict"],
    handle: async ({ ctx, input }) => {
      const row = await retryDelivery({ ctx, input: idsOf(input.params) });
      const data = { id: row.eventSeq, status: "pending" as const, attempt: row.attempt + 1 };
      return { data: { message: "Delivery queued for retry.", data } };
    },
  }),
];

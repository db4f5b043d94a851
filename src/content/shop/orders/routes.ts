import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { created, versioned } from "../../replies.ts";
import { SiteParams } from "../../sites/contract.ts";
import {
  CreateOrderSchema,
  ListOrdersQuery,
  OrderParams,
  OrderSchema,
  toOrder,
  UpdateOrderSchema,
} from "./contract.ts";
import { createOrder, findOrder, listOrders, shownOrder, updateOrder } from "./service.ts";

const tag = "Shop";
const integrations = true;

export const orderRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/orders",
    operationId: "listOrders",
    tag,
    summary: "List orders",
    scope: "ecommerce:read",
    integrations,
    params: SiteParams,
    query: ListOrdersQuery,
    success: { status: 200, description: "A page of orders", data: OrderSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listOrders({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/orders",
    operationId: "createOrder",
    tag,
    summary: "Create an order",
    description: "At the products' prices of now. It is not paid, and takes nothing off the stock.",
    scope: "ecommerce:write",
    integrations,
    params: SiteParams,
    body: CreateOrderSchema,
    success: { status: 201, description: "The new order", data: OrderSchema },
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const order = await createOrder({ ctx, input: { siteId, order: input.body } });
      return created(`/v1/sites/${siteId}/shop/orders`, order);
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/orders/{orderId}",
    operationId: "getOrder",
    tag,
    summary: "Get an order",
    scope: "ecommerce:read",
    integrations,
    params: OrderParams,
    etag: true,
    success: { status: 200, description: "The order", data: OrderSchema },
    handle: async ({ ctx, input }) => versioned(shownOrder(ctx, toOrder(await findOrder(ctx, input.params)))),
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}/shop/orders/{orderId}",
    operationId: "updateOrder",
    tag,
    summary: "Change an order",
    description:
      "An order goes from pending to paid, shipped, delivered and completed; it can be cancelled and refunded.",
    scope: "ecommerce:write",
    integrations,
    params: OrderParams,
    etag: true,
    body: UpdateOrderSchema,
    success: { status: 200, description: "The changed order", data: OrderSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body, expectedVersions } }) =>
      versioned(await updateOrder({ ctx, input: { ...params, changes: body, expectedVersions } })),
  }),
];

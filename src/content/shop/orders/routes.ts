import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { created } from "../../replies.ts";
import { ListOrderPaymentsQuery, PaymentSchema, RefundSchema } from "../payments/contract.ts";
import { listPayments } from "../payments/list.ts";
import { refundOrder } from "../payments/refund.ts";
import { PAYMENTS } from "../payments/resource.ts";
import { SHOP } from "../shop.ts";
import { ExportOrdersQuery } from "./contract.ts";
import { exportOrders } from "./export.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const { tag, integrations, scopes } = SHOP;
const SiteParams = pathParams("siteId");
const OrderParams = pathParams("siteId", "orderId");

export const orderRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/orders/export.csv",
    operationId: "exportOrders",
    tag,
    summary: "Export orders",
    description:
      "As CSV, oldest first, with amounts in whole units of their currency. What of it is the customer's is left empty for keys that may not see it. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
    integrations,
    scope: scopes.read,
    params: SiteParams,
    query: ExportOrdersQuery,
    byItself: true,
    success: {
      status: 200,
      description: "A line for each order, below the names of the columns",
      textType: "text/csv",
    },
    handle: async ({ ctx, input: { params, query } }) => ({
      parts: await exportOrders({ ctx, input: { ...params, ...query } }),
      headers: { "Content-Disposition": 'attachment; filename="orders.csv"' },
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/orders/{orderId}/payments",
    operationId: "listOrderPayments",
    tag,
    summary: "List an order's payments",
    description: "What was paid for it and paid back: also what came too late, or was another amount than what is due.",
    integrations,
    scope: scopes.read,
    params: OrderParams,
    query: ListOrderPaymentsQuery,
    success: { status: 200, description: "A page of payments", data: PaymentSchema, list: true },
    handle: async ({ ctx, input: { params, query } }) => ({
      page: await listPayments({ ctx, input: { ...params, query } }),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/orders/{orderId}/refunds",
    operationId: "refundOrder",
    tag,
    summary: "Refund an order",
    description:
      "Records that money goes back to the customer, all that is left or part of it; the money itself is moved where it was paid. Never more than was paid: 409. An order of which all went back is `refunded`.",
    integrations,
    scope: scopes.write,
    params: OrderParams,
    body: RefundSchema,
    bodyOptional: true,
    errors: ["conflict"],
    success: { status: 201, description: "The refund", data: PaymentSchema },
    handle: async ({ ctx, input: { params, body } }) => {
      const payment = await refundOrder({ ctx, input: { ...params, refund: body } });
      return created(`/v1/sites/${params.siteId}/shop/payments`, PAYMENTS.verbs.show(ctx, payment));
    },
  }),
];

import { z } from "@hono/zod-openapi";
import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { ListPaymentsQuery, PaymentSchema } from "./contract.ts";
import { PAYMENT_EVENTS, payments } from "./table.ts";

/** Payments are made by what happens to orders; nobody writes or changes them. */
export const PAYMENTS = siteResource({
  ...SHOP,
  name: "payment",
  label: "Payment",
  path: "/shop/payments",
  idPrefix: "pay",
  table: payments,
  schema: PaymentSchema,
  list: {
    query: ListPaymentsQuery,
    orders: { createdAt: payments.createdAt },
    filters: { orderId: payments.orderId, outcome: payments.outcome },
  },
  archived: { also: { event: z.enum(PAYMENT_EVENTS), messageId: z.string().max(256).nullable() } },
});

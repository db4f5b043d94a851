import { z } from "@hono/zod-openapi";
import { RefundSchema } from "../../content/shop/payments/contract.ts";
import { refundOrder } from "../../content/shop/payments/refund.ts";
import { PAYMENTS } from "../../content/shop/payments/resource.ts";
import { described } from "../described.ts";
import { orderId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const fields = described(RefundSchema.shape, {
  amount: "How much goes back, in minor units; the price of items, or all that is left, when left out",
  reason: "Why, for the shop's people; null for nothing",
  items: "What of the order it is for: { item: its place from 0, quantity }",
  restock: "Whether items, or all there are, go back into stock",
  reference: "What the payment provider calls it; null for nothing",
  paymentId: "A payment that did not count for the order and goes back; null for the order's own",
});

export const refundOrderTool = defineTool({
  name: "refund_order",
  description:
    "Record that money of a paid order goes back to the customer, all of it or a part; never more than was paid. The money itself is moved where it was paid.",
  scope: "ecommerce:write",
  input: z.strictObject({ siteId, orderId, ...fields }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, orderId: order, ...refund } = input;
    return PAYMENTS.verbs.show(ctx, await refundOrder({ ctx, input: { siteId: site, orderId: order, refund } }));
  },
});

import { z } from "@hono/zod-openapi";
import { ORDERS } from "../../content/shop/orders/resource.ts";
import { orderId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getOrderTool = defineTool({
  name: "get_order",
  description: "Get one order: what was bought, for how much, by whom, and where it stands.",
  scope: "ecommerce:read",
  input: z.strictObject({ siteId, orderId }),
  handle: ({ ctx, input }) => ORDERS.verbs.get({ ctx, input: { siteId: input.siteId, id: input.orderId } }),
});

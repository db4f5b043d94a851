import { z } from "@hono/zod-openapi";
import { OrderBodies } from "../../content/shop/orders/contract.ts";
import { ORDERS } from "../../content/shop/orders/resource.ts";
import { expectedVersion, namesChange, orderId, siteId, versionsOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

const { status, note } = OrderBodies.update.shape;

export const updateOrderTool = defineTool({
  name: "update_order",
  description:
    "Move an order on: pending becomes paid or cancelled, paid becomes shipped, delivered, completed or refunded. Cancelling gives stock and coupon back.",
  scope: "ecommerce:write",
  input: z
    .strictObject({
      siteId,
      orderId,
      expectedVersion: expectedVersion("order", "get_order"),
      status: status.describe("Where it stands from now on"),
      note: note.describe("A note for the shop's people; null for none"),
    })
    .refine(namesChange("orderId"), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, orderId: id, expectedVersion: expected, ...changes } = input;
    return ORDERS.verbs.update({ ctx, input: { siteId: site, id, changes, expectedVersions: versionsOf(expected) } });
  },
});

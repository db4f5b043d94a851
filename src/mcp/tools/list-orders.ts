import { z } from "@hono/zod-openapi";
import type { ListOrdersQuery } from "../../content/shop/orders/contract.ts";
import { ORDERS } from "../../content/shop/orders/resource.ts";
import { ORDER_STATUSES } from "../../content/shop/orders/table.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const STATUSES = [...ORDER_STATUSES, "all"] as const;

export const listOrdersTool = defineTool({
  name: "list_orders",
  description: "List the orders of a website's shop, the newest first. Amounts are in minor units.",
  scope: "ecommerce:read",
  input: z.strictObject({
    siteId,
    ...paging,
    status: z
      .enum(STATUSES, `must be one of ${STATUSES.join(", ")}`)
      .default("all")
      .describe("Only orders in this state"),
    search: search.describe("Only the order of this number, or those whose customer's name or e-mail contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, status, ...rest } = input;
    const only = status === "all" ? undefined : status;
    const query = { ...rest, status: only, direction: "desc" as const } as z.output<typeof ListOrdersQuery>;
    const { items, pagination } = await ORDERS.verbs.list({ ctx, input: { siteId: site, query } });
    return { orders: items, pagination };
  },
});

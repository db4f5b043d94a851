import { z } from "@hono/zod-openapi";
import type { ListCouponsQuery } from "../../content/shop/coupons/contract.ts";
import { COUPONS } from "../../content/shop/coupons/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listCouponsTool = defineTool({
  name: "list_coupons",
  description: "List the coupons of a website's shop, the newest first, with how often each has been used.",
  scope: "ecommerce:read",
  input: z.strictObject({
    siteId,
    ...paging,
    search: search.describe("Only coupons whose code contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListCouponsQuery>;
    const { items, pagination } = await COUPONS.verbs.list({ ctx, input: { siteId: site, query } });
    return { coupons: items, pagination };
  },
});

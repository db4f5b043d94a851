import { z } from "@hono/zod-openapi";
import type { ListProductsQuery } from "../../content/shop/products/contract.ts";
import { PRODUCTS } from "../../content/shop/products/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listProductsTool = defineTool({
  name: "list_products",
  description: "List the products of a website's shop, the newest first. Prices are in minor units: 1999 is EUR 19.99.",
  scope: "ecommerce:read",
  input: z.strictObject({
    siteId,
    ...paging,
    active: z
      .enum(["true", "false"], "must be true or false")
      .optional()
      .describe("true: only products that are sold; false: only those that are not"),
    category: search.describe("Only products of this category"),
    search: search.describe("Only products whose title, description, category or SKU contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListProductsQuery>;
    const { items, pagination } = await PRODUCTS.verbs.list({ ctx, input: { siteId: site, query } });
    return { products: items, pagination };
  },
});

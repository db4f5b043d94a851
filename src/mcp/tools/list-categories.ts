import { z } from "@hono/zod-openapi";
import type { ListCategoriesQuery } from "../../content/shop/categories/contract.ts";
import { CATEGORIES } from "../../content/shop/categories/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listCategoriesTool = defineTool({
  name: "list_categories",
  description: "List the categories of a website's shop in their order. Products are in one by its name.",
  scope: "ecommerce:read",
  input: z.strictObject({
    siteId,
    ...paging,
    search: search.describe("Only categories whose name or description contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, orderBy: "order", direction: "asc" as const } as z.output<typeof ListCategoriesQuery>;
    const { items, pagination } = await CATEGORIES.verbs.list({ ctx, input: { siteId: site, query } });
    return { categories: items, pagination };
  },
});

import { z } from "@hono/zod-openapi";
import { CategoryBodies } from "../../content/shop/categories/contract.ts";
import { CATEGORIES } from "../../content/shop/categories/resource.ts";
import { CATEGORY_WORDS } from "../category-words.ts";
import { described } from "../described.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const createCategoryTool = defineTool({
  name: "create_category",
  description: "Add a category to a website's shop. Products whose category is its name are in it.",
  scope: "ecommerce:write",
  input: z.strictObject({ siteId, ...described(CategoryBodies.create.shape, CATEGORY_WORDS) }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return CATEGORIES.verbs.create({ ctx, input: { siteId: site, body } });
  },
});

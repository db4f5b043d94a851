import { z } from "@hono/zod-openapi";
import { text } from "../../core/fields.ts";
import { CategoryBodies } from "../../content/shop/categories/contract.ts";
import { CATEGORIES } from "../../content/shop/categories/resource.ts";
import { CATEGORY_WORDS } from "../category-words.ts";
import { described } from "../described.ts";
import { expectedVersion, namesChange, siteId, versionsOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const updateCategoryTool = defineTool({
  name: "update_category",
  description: "Change the named fields of a category; the others stay. Another name is that of all its products.",
  scope: "ecommerce:write",
  input: z
    .strictObject({
      siteId,
      categoryId: text(64).describe("Id of the category, as list_categories gives it"),
      expectedVersion: expectedVersion("category", "list_categories"),
      ...described(CategoryBodies.update.shape, CATEGORY_WORDS),
    })
    .refine(namesChange("categoryId"), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, categoryId: id, expectedVersion: expected, ...changes } = input;
    return CATEGORIES.verbs.update({
      ctx,
      input: { siteId: site, id, changes, expectedVersions: versionsOf(expected) },
    });
  },
});

import { z } from "@hono/zod-openapi";
import { PRODUCTS } from "../../content/shop/products/resource.ts";
import { expectedVersion, namesChange, productId, siteId, versionsOf } from "../fields.ts";
import { changedProductFields, withPrice } from "../product-fields.ts";
import { defineTool } from "../tool.ts";

export const updateProductTool = defineTool({
  name: "update_product",
  description: "Change the named fields of a product; the others stay. `variants` and `images` replace all of them.",
  scope: "ecommerce:write",
  input: z
    .strictObject({
      siteId,
      productId,
      expectedVersion: expectedVersion("product", "get_product"),
      ...changedProductFields,
    })
    .refine(namesChange("productId"), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, productId: id, expectedVersion: expected, ...fields } = input;
    const changes = withPrice(fields);
    return PRODUCTS.verbs.update({ ctx, input: { siteId: site, id, changes, expectedVersions: versionsOf(expected) } });
  },
});

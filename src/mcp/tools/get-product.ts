import { z } from "@hono/zod-openapi";
import { PRODUCTS } from "../../content/shop/products/resource.ts";
import { productId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getProductTool = defineTool({
  name: "get_product",
  description: "Get one product with its price, stock, variants and pictures.",
  scope: "ecommerce:read",
  input: z.strictObject({ siteId, productId }),
  handle: ({ ctx, input }) => PRODUCTS.verbs.get({ ctx, input: { siteId: input.siteId, id: input.productId } }),
});

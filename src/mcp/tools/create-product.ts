import { z } from "@hono/zod-openapi";
import type { ProductBodies } from "../../content/shop/products/contract.ts";
import { PRODUCTS } from "../../content/shop/products/resource.ts";
import { siteId } from "../fields.ts";
import { newProductFields, withPrice } from "../product-fields.ts";
import { defineTool } from "../tool.ts";

export const createProductTool = defineTool({
  name: "create_product",
  description: "Add a product to a website's shop. It is sold from then on unless active is false.",
  scope: "ecommerce:write",
  input: z
    .strictObject({ siteId, ...newProductFields })
    .refine(({ price, priceCents }) => price !== undefined || priceCents !== undefined, {
      path: ["price"],
      message: "is required",
    }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...fields } = input;
    const body = withPrice(fields) as z.output<typeof ProductBodies.create>;
    return PRODUCTS.verbs.create({ ctx, input: { siteId: site, body } });
  },
});

import { z } from "@hono/zod-openapi";
import { adjustStock } from "../../content/shop/stock/adjust.ts";
import { AdjustStockSchema } from "../../content/shop/stock/contract.ts";
import { described } from "../described.ts";
import { expectedVersion, productId, siteId, versionsOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

const WORDS = {
  variantId: "Id of the variant whose stock it is; the product's own when left out",
  set: "What the stock is from now on; null: not counted. Give this or change",
  change: "How many are added to what there is at that moment; less than zero takes some off",
};

export const adjustProductStockTool = defineTool({
  name: "adjust_product_stock",
  description:
    "Set the stock of a product or of a variant, or change it by so many. What is sold at the same moment counts; less than nothing is refused.",
  scope: "ecommerce:write",
  input: z
    .strictObject({
      siteId,
      productId,
      expectedVersion: expectedVersion("product", "get_product"),
      ...described(AdjustStockSchema.shape, WORDS),
    })
    .refine(({ set, change }) => (set === undefined) !== (change === undefined), {
      path: ["change"],
      message: "is required, unless set is given in its place",
    }),
  handle: ({ ctx, input }) => {
    const { siteId: site, productId: id, expectedVersion: expected, ...body } = input;
    return adjustStock(ctx, { siteId: site, id, body, expectedVersions: versionsOf(expected) });
  },
});

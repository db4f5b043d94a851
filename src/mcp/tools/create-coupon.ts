import { z } from "@hono/zod-openapi";
import { CouponBodies } from "../../content/shop/coupons/contract.ts";
import { COUPONS } from "../../content/shop/coupons/resource.ts";
import { described } from "../described.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const fields = described(CouponBodies.create.shape, {
  code: "What customers write: 2 to 40 letters, digits, _ and -",
  type: "percentage, or fixed: an amount",
  value: "Percent, or the amount in minor units of the currency: 500 is EUR 5.00",
  currency: "ISO 4217 code of a fixed amount's currency",
  minimumAmount: "Orders of less, in minor units, do not get it; null: any order",
  maxUses: "How many orders may use it; null: any number",
  maxUsesPerCustomer: "How many orders of one customer may use it; null: any number",
  active: "Whether it can be used",
  startsAt: "When it begins to be valid, as an ISO 8601 date and time; null: at once",
  expiresAt: "When it ends, as an ISO 8601 date and time; null: never",
});

export const createCouponTool = defineTool({
  name: "create_coupon",
  description: "Add a coupon to a website's shop: a percentage or an amount off an order.",
  scope: "ecommerce:write",
  input: z.strictObject({ siteId, ...fields }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return COUPONS.verbs.create({ ctx, input: { siteId: site, body } });
  },
});

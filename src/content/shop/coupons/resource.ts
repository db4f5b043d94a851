import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { CouponBodies, CouponSchema, ListCouponsQuery } from "./contract.ts";
import { checkCoupon } from "./rules.ts";
import { coupons } from "./table.ts";

const SAMPLE = {
  code: "WINTER10",
  type: "percentage" as const,
  value: 10,
  currency: null,
  minimumAmount: null,
  maxUses: 100,
  maxUsesPerCustomer: 1,
  active: true,
  uses: 0,
  startsAt: null,
  expiresAt: null,
};

export const COUPONS = siteResource({
  ...SHOP,
  name: "coupon",
  label: "Coupon",
  path: "/shop/coupons",
  idPrefix: "coup",
  table: coupons,
  schema: CouponSchema,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { active: false, version: 2 }, deleted: {} } },
  list: {
    query: ListCouponsQuery,
    orders: { createdAt: coupons.createdAt },
    search: [coupons.code],
  },
  create: {
    schema: CouponBodies.create,
    errors: ["conflict"],
    columns: ({ body }) => {
      const filled = CouponBodies.fill(body);
      return { ...filled, currency: filled.type === "fixed" ? filled.currency : null, uses: 0 };
    },
    example: (_, nth) => ({ code: `SAVE-${nth}` }),
  },
  update: {
    schema: CouponBodies.update,
    errors: ["conflict"],
    columns: ({ changes }) => ({ ...changes, ...(changes.type && changes.type !== "fixed" && { currency: null }) }),
  },
  check: ({ ctx, row }) => checkCoupon(ctx, row),
  remove: {},
  archived: { earlier: { maxUsesPerCustomer: null } },
  item: "s_coupons",
});

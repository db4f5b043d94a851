import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { created, versioned } from "../../replies.ts";
import { SiteParams } from "../../sites/contract.ts";
import {
  CouponParams,
  CouponSchema,
  CreateCouponSchema,
  ListCouponsQuery,
  toCoupon,
  UpdateCouponSchema,
} from "./contract.ts";
import { createCoupon, deleteCoupon, findCoupon, listCoupons, updateCoupon } from "./service.ts";

const tag = "Shop";
const integrations = true;

export const couponRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/coupons",
    operationId: "listCoupons",
    tag,
    summary: "List coupons",
    scope: "ecommerce:read",
    integrations,
    params: SiteParams,
    query: ListCouponsQuery,
    success: { status: 200, description: "A page of coupons", data: CouponSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listCoupons({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/coupons",
    operationId: "createCoupon",
    tag,
    summary: "Create a coupon",
    scope: "ecommerce:write",
    integrations,
    params: SiteParams,
    body: CreateCouponSchema,
    success: { status: 201, description: "The new coupon", data: CouponSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const coupon = await createCoupon({ ctx, input: { siteId, coupon: input.body } });
      return created(`/v1/sites/${siteId}/shop/coupons`, coupon);
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/coupons/{couponId}",
    operationId: "getCoupon",
    tag,
    summary: "Get a coupon",
    scope: "ecommerce:read",
    integrations,
    params: CouponParams,
    etag: true,
    success: { status: 200, description: "The coupon", data: CouponSchema },
    handle: async ({ ctx, input }) => {
      const row = await findCoupon(ctx, input.params);
      return { ...versioned(toCoupon(row)), freshness: String(row.uses) };
    },
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}/shop/coupons/{couponId}",
    operationId: "updateCoupon",
    tag,
    summary: "Change a coupon",
    scope: "ecommerce:write",
    integrations,
    params: CouponParams,
    etag: true,
    body: UpdateCouponSchema,
    success: { status: 200, description: "The changed coupon", data: CouponSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
      const coupon = await updateCoupon({ ctx, input: { ...params, changes: body, expectedVersions } });
      return { ...versioned(coupon), freshness: String(coupon.uses) };
    },
  }),
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/shop/coupons/{couponId}",
    operationId: "deleteCoupon",
    tag,
    summary: "Delete a coupon",
    scope: "ecommerce:write",
    integrations,
    params: CouponParams,
    etag: true,
    success: { status: 204, description: "The coupon is deleted" },
    handle: async ({ ctx, input: { params, expectedVersions } }) => {
      await deleteCoupon({ ctx, input: { ...params, expectedVersions } });
      return {};
    },
  }),
];

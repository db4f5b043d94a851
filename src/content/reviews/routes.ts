import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { findItem } from "../resource/find.ts";
import { PRODUCTS } from "../shop/products/resource.ts";
import { SHOP } from "../shop/shop.ts";
import { type Rating, ratingsOf, STARS } from "./ratings.ts";
import { pathParams } from "../../core/http/path-params.ts";

const CountSchema = z.int().meta({ description: "How many reviews have so many stars" });

const RatingSchema = z
  .object({
    average: z.number().nullable().register(z.globalRegistry, {
      example: 4.7,
      description: "Stars with one decimal, a half rounded up; null without a review",
    }),
    count: z.int().meta({ example: 3, description: "How many reviews there are" }),
    stars: z.object(Object.fromEntries(STARS.map((it) => [`${it}`, CountSchema]))).meta({
      description: "How many reviews there are of so many stars",
      example: { 5: 2, 4: 1, 3: 0, 2: 0, 1: 0 },
    }),
  })
  .openapi("ProductRating");

/** What of reviews is no list and no item. */
export const reviewRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/products/{productId}/rating",
    operationId: "getProductRating",
    tag: "Reviews",
    summary: "Get the rating of a product",
    description: "Of its approved reviews, as of now. It is no field of the product: a review does not change that.",
    scope: SHOP.scopes.read,
    integrations: SHOP.integrations,
    params: pathParams("siteId", "productId"),
    success: { status: 200, description: "Its rating", data: RatingSchema },
    handle: async ({ ctx, input: { params } }) => {
      const { id, siteId } = await findItem(ctx, PRODUCTS, { siteId: params.siteId, id: params.productId });
      const rating = (await ratingsOf(ctx.db, siteId, [id])).get(id) as Rating;
      return { data: rating };
    },
  }),
];

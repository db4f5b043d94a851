import { z } from "@hono/zod-openapi";
import {
  ShopCategoriesSchema,
  ShopProductSchema,
  ShopProductsSchema,
} from "../../content/shop/products/shown-contract.ts";
import { LocaleSchema, SlugSchema, text } from "../../core/fields.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";
import { EITHER } from "../live/contract.ts";
import { SiteQuery } from "../live/linked.ts";
import { categoriesForVisitor, productsForVisitor } from "./products.ts";

const tag = "Storefront";

const CategoriesQuery = SiteQuery.extend({ locale: LocaleSchema.optional() });

const ProductsQuery = CategoriesQuery.extend({
  slug: SlugSchema.optional().register(z.globalRegistry, { description: "Answers the one product, not a list" }),
  category: SlugSchema.optional().register(z.globalRegistry, { description: "The slug of a category" }),
  after: text(64)
    .optional()
    .register(z.globalRegistry, { description: "The id of the product that the list goes on after" }),
  limit: wholeQuery(1, 100)
    .default(24)
    .register(z.globalRegistry, { description: "How many products there are at most" }),
});

const ONE_OR_LIST = { description: "Only a list has `items`; a product has `price`" };

/** What is sold, for shops with pages of their own. */
export const productRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/shop/products",
    operationId: "listShopProducts",
    tag,
    summary: "Products of a shop, or one by its slug",
    description: "What is active, the newest first, at the prices and with the stock of now.",
    scope: "public",
    cors: true,
    query: ProductsQuery,
    success: {
      status: 200,
      description: "The products; with `slug` the product itself",
      data: z.union([ShopProductsSchema, ShopProductSchema]).openapi(ONE_OR_LIST, EITHER),
    },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await productsForVisitor(ctx, input.query) }),
  }),
  defineEndpoint({
    method: "get",
    path: "/shop/categories",
    operationId: "listShopCategories",
    tag,
    summary: "Categories of a shop in which something is sold",
    scope: "public",
    cors: true,
    query: CategoriesQuery,
    success: { status: 200, description: "The categories in their order", data: ShopCategoriesSchema },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await categoriesForVisitor(ctx, input.query) }),
  }),
];

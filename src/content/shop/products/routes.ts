import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { created, versioned } from "../../replies.ts";
import { SiteParams } from "../../sites/contract.ts";
import {
  CreateProductSchema,
  ListProductsQuery,
  ProductParams,
  ProductSchema,
  toProduct,
  UpdateProductSchema,
} from "./contract.ts";
import { createProduct, deleteProduct, findProduct, listProducts, updateProduct } from "./service.ts";

const tag = "Shop";
const integrations = true;

export const productRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/products",
    operationId: "listProducts",
    tag,
    summary: "List products",
    scope: "ecommerce:read",
    integrations,
    params: SiteParams,
    query: ListProductsQuery,
    success: { status: 200, description: "A page of products", data: ProductSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listProducts({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/products",
    operationId: "createProduct",
    tag,
    summary: "Create a product",
    scope: "ecommerce:write",
    integrations,
    params: SiteParams,
    body: CreateProductSchema,
    success: { status: 201, description: "The new product", data: ProductSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const product = await createProduct({ ctx, input: { siteId, product: input.body } });
      return created(`/v1/sites/${siteId}/shop/products`, product);
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/shop/products/{productId}",
    operationId: "getProduct",
    tag,
    summary: "Get a product",
    scope: "ecommerce:read",
    integrations,
    params: ProductParams,
    etag: true,
    success: { status: 200, description: "The product", data: ProductSchema },
    handle: async ({ ctx, input }) => versioned(toProduct(await findProduct(ctx, input.params))),
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}/shop/products/{productId}",
    operationId: "updateProduct",
    tag,
    summary: "Change a product",
    scope: "ecommerce:write",
    integrations,
    params: ProductParams,
    etag: true,
    body: UpdateProductSchema,
    success: { status: 200, description: "The changed product", data: ProductSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body, expectedVersions } }) =>
      versioned(await updateProduct({ ctx, input: { ...params, changes: body, expectedVersions } })),
  }),
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/shop/products/{productId}",
    operationId: "deleteProduct",
    tag,
    summary: "Delete a product",
    description: "Orders keep what was ordered as it was then.",
    scope: "ecommerce:write",
    integrations,
    params: ProductParams,
    etag: true,
    success: { status: 204, description: "The product is deleted" },
    handle: async ({ ctx, input: { params, expectedVersions } }) => {
      await deleteProduct({ ctx, input: { ...params, expectedVersions } });
      return {};
    },
  }),
];

import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { versioned } from "../../replies.ts";
import { ProductSchema } from "../products/contract.ts";
import { SHOP } from "../shop.ts";
import { adjustStock } from "./adjust.ts";
import { AdjustStockSchema } from "./contract.ts";
import { pathParams } from "../../../core/http/path-params.ts";

export const stockRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/products/{productId}/stock",
    operationId: "adjustProductStock",
    tag: SHOP.tag,
    integrations: SHOP.integrations,
    summary: "Adjust the stock of a product",
    description:
      "Sets it, or changes it by so many: of the stock there is at that moment, whatever is sold meanwhile. What would be less than nothing is a conflict.",
    scope: SHOP.scopes.write,
    params: pathParams("siteId", "productId"),
    body: AdjustStockSchema,
    etag: true,
    errors: ["conflict"],
    success: { status: 200, description: "The product with the stock it has now", data: ProductSchema },
    handle: async ({ ctx, input: { params, body, expectedVersions } }) =>
      versioned(await adjustStock(ctx, { siteId: params.siteId, id: params.productId, body, expectedVersions })),
  }),
];

import { PricedCartSchema, CartSchema } from "../../content/shop/checkout/cart-contract.ts";
import { CheckoutSchema, CustomerOrderSchema } from "../../content/shop/checkout/contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { idempotencyKeyOf } from "../../core/http/idempotency.ts";
import { cartForVisitor } from "./cart.ts";
import { SiteQuery, TokenQuery } from "../live/linked.ts";
import { OrderParams } from "./linked.ts";
import { cancelForCustomer, orderOfCustomer, placeForVisitor } from "./orders.ts";
import { productRoutes } from "./product-routes.ts";
import { customerReviewRoutes } from "./review-routes.ts";

const tag = "Storefront";

/** What a shop with pages of its own needs of ours. Its visitors have no key, and are counted by address. */
export const shopRoutes: Endpoint[] = [
  ...productRoutes,
  defineEndpoint({
    method: "post",
    path: "/shop/cart",
    operationId: "priceCart",
    tag,
    summary: "What a cart comes to now",
    description:
      "At the prices, stock, taxes and shipping of now. Nothing is reserved or kept. Lines that cannot be ordered as they are have a `status` that says so.",
    scope: "public",
    cors: true,
    query: SiteQuery,
    body: CartSchema,
    success: { status: 200, description: "The cart", data: PricedCartSchema },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await cartForVisitor(ctx, input.query.site, input.body) }),
  }),
  defineEndpoint({
    method: "post",
    path: "/checkout",
    operationId: "placeOrder",
    tag,
    summary: "Order what is in a cart",
    description:
      "Takes what is ordered off the stock, and the coupon's use, or does nothing. Of all calls with one `Idempotency-Key` one places an order and the others answer it; another order under the same key is refused. 10 calls at once from one address, then 1 in 6 seconds.",
    scope: "public",
    ipLimit: "checkout",
    needsIdempotencyKey: true,
    byItself: true,
    cors: true,
    query: SiteQuery,
    body: CheckoutSchema,
    success: { status: 201, description: "The order", data: CustomerOrderSchema },
    errors: ["not_found", "conflict", "idempotency_mismatch"],
    handle: async ({ ctx, input, request }) => {
      const data = await placeForVisitor(ctx, input.query.site, {
        key: idempotencyKeyOf(request),
        body: input.body,
        userAgent: request.headers.get("User-Agent") ?? "",
      });
      return { data, headers: { Location: `/api/orders/${data.id}?token=${data.token}` } };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/orders/{orderId}",
    operationId: "getCustomerOrder",
    tag,
    summary: "An order by its signed link",
    scope: "public",
    cors: true,
    params: OrderParams,
    query: TokenQuery,
    success: { status: 200, description: "The order", data: CustomerOrderSchema },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({
      data: await orderOfCustomer(ctx, { orderId: input.params.orderId, token: input.query.token }),
    }),
  }),
  defineEndpoint({
    method: "post",
    path: "/orders/{orderId}/cancel",
    operationId: "cancelCustomerOrder",
    tag,
    summary: "Cancel an order that is not paid",
    description: "What it took off the stock and the coupon's use go back.",
    scope: "public",
    cors: true,
    params: OrderParams,
    query: TokenQuery,
    success: { status: 200, description: "The order", data: CustomerOrderSchema },
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input }) => ({
      data: await cancelForCustomer(ctx, { orderId: input.params.orderId, token: input.query.token }),
    }),
  }),
  ...customerReviewRoutes,
];

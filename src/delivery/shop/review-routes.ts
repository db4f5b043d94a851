import { z } from "@hono/zod-openapi";
import { CustomerReviewBodies, CustomerReviewSchema, type Said } from "../../content/reviews/customer-contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { TokenQuery } from "../live/linked.ts";
import { OrderParams } from "./linked.ts";
import { editForCustomer, reviewOfCustomer, writeForCustomer } from "./reviews.ts";

const tag = "Storefront";
const ReviewParams = OrderParams.extend({ reviewId: z.string() });

/** What customers say of what they have bought, by the link of their order. */
export const customerReviewRoutes: Endpoint[] = [
  defineEndpoint({
    method: "post",
    path: "/orders/{orderId}/reviews",
    operationId: "writeReview",
    tag,
    summary: "Review a product of an order",
    description:
      "By the order's signed link, once it is paid and as long as it is neither cancelled nor paid back in full. There is one review of a product for each order: a second call answers the first one, as it is. 10 calls at once from one address, then 1 in 6 seconds.",
    scope: "public",
    ipLimit: "checkout",
    cors: true,
    params: OrderParams,
    query: TokenQuery,
    body: CustomerReviewBodies.create,
    success: {
      status: 201,
      description: "The review",
      data: CustomerReviewSchema,
      also: [{ status: 200, description: "The review that was there already" }],
    },
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query, body } }) => {
      const { orderId } = params;
      const sent = CustomerReviewBodies.fill(body);
      const { data, isNew } = await writeForCustomer(ctx, { orderId, token: query.token }, sent);
      const Location = `/api/orders/${orderId}/reviews/${data.id}?token=${query.token}`;
      return { data, status: isNew ? 201 : 200, headers: { Location } };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/orders/{orderId}/reviews/{reviewId}",
    operationId: "getCustomerReview",
    tag,
    summary: "A review by the signed link of its order",
    scope: "public",
    cors: true,
    params: ReviewParams,
    query: TokenQuery,
    success: { status: 200, description: "The review", data: CustomerReviewSchema },
    errors: ["not_found"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await reviewOfCustomer(ctx, { ...params, token: query.token }),
    }),
  }),
  defineEndpoint({
    method: "patch",
    path: "/orders/{orderId}/reviews/{reviewId}",
    operationId: "editCustomerReview",
    tag,
    summary: "Change a review that waits to be looked at",
    scope: "public",
    ipLimit: "checkout",
    cors: true,
    params: ReviewParams,
    query: TokenQuery,
    body: CustomerReviewBodies.update,
    success: { status: 200, description: "The changed review", data: CustomerReviewSchema },
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query, body } }) => ({
      data: await editForCustomer(ctx, { ...params, token: query.token }, body as Partial<Said>),
    }),
  }),
];

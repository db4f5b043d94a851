import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { findSite } from "../../sites/service.ts";
import { SHOP } from "../shop.ts";
import { QuoteBodySchema, QuoteSchema, toQuote } from "./contract.ts";
import { quote } from "./quote.ts";
import { pathParams } from "../../../core/http/path-params.ts";

export const quoteRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/shop/quote",
    operationId: "quoteOrder",
    tag: SHOP.tag,
    integrations: SHOP.integrations,
    summary: "Price an order without placing it",
    description:
      "What an order of these items would come to now, and how it could be shipped. Nothing is written; stock is not looked at, and no use of a coupon is held.",
    scope: SHOP.scopes.read,
    params: pathParams("siteId"),
    body: QuoteBodySchema,
    errors: ["conflict"],
    success: { status: 200, description: "What it comes to", data: QuoteSchema },
    handle: async ({ ctx, input }) => {
      const site = await findSite(ctx, input.params.siteId);
      return { data: toQuote(await quote(ctx, site, input.body)) };
    },
  }),
];

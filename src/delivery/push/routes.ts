import {
  PushKeySchema,
  SubscribedSchema,
  SubscribeSchema,
  UnsubscribeSchema,
} from "../../content/push/subscriptions/contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { SiteQuery } from "../live/linked.ts";
import { requireOwnPage } from "./own-page.ts";
import { pushKeyForVisitor, subscribeVisitor, unsubscribeVisitor } from "./subscriptions.ts";

const tag = "Push";
const OWN_PAGE = "Only from a page of the website. 10 calls at once from one address, then 1 in 6 seconds.";

/** What the script of published pages calls: visitors have no key, and are counted by address. */
export const pushRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/push/key",
    operationId: "getPushKey",
    tag,
    summary: "The key that a website's pages subscribe with",
    description: "Made when it is first asked for, and the same for good (RFC 8292).",
    scope: "public",
    query: SiteQuery,
    success: { status: 200, description: "The key", data: PushKeySchema },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await pushKeyForVisitor(ctx, input.query.site) }),
  }),
  defineEndpoint({
    method: "post",
    path: "/push/subscriptions",
    operationId: "subscribeToPush",
    tag,
    summary: "Subscribe a browser to a website's notifications",
    description: `One browser has one subscription: a second call changes what it wants to hear of. ${OWN_PAGE}`,
    scope: "public",
    ipLimit: "subscription",
    query: SiteQuery,
    body: SubscribeSchema,
    success: {
      status: 201,
      description: "The subscription",
      data: SubscribedSchema,
      also: [{ status: 200, description: "The subscription there was, as it is now" }],
    },
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { query, body }, request }) => {
      requireOwnPage(request);
      const { data, isNew } = await subscribeVisitor(ctx, query.site, body);
      return { data, status: isNew ? 201 : 200 };
    },
  }),
  defineEndpoint({
    method: "delete",
    path: "/push/subscriptions",
    operationId: "unsubscribeFromPush",
    tag,
    summary: "End the subscription of a browser",
    description: `By the address its push service has given out. Nothing is said of whether there was one. ${OWN_PAGE}`,
    scope: "public",
    ipLimit: "subscription",
    query: SiteQuery,
    body: UnsubscribeSchema,
    success: { status: 204, description: "There is no such subscription any more" },
    errors: ["not_found"],
    handle: async ({ ctx, input: { query, body }, request }) => {
      requireOwnPage(request);
      await unsubscribeVisitor(ctx, query.site, body.endpoint);
      return {};
    },
  }),
];

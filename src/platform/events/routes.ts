import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { EventSchema, EventsQuery } from "./contract.ts";
import { listEvents } from "./service.ts";

const FeedSchema = z
  .object({
    data: z.array(EventSchema),
    meta: z.object({
      next_after: z.string().nullable().openapi({ description: "Pass as `after` to go on" }),
      has_more: z.boolean(),
    }),
  })
  .openapi("EventFeed");

export const eventRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/events",
    operationId: "listEvents",
    tag: "Events",
    summary: "What happened, in order",
    description:
      "The feed behind the webhooks, for callers that poll. It reaches back 30 days and holds the events of what the key may read: `order.*` asks for `ecommerce:read`, and so on.",
    scope: "webhooks:read",
    integrations: true,
    query: EventsQuery,
    success: { status: 200, description: "Events after the one named", data: FeedSchema },
    handle: async ({ ctx, input }) => {
      const { data, hasMore } = await listEvents({ ctx, input: input.query });
      const next_after = data.at(-1)?.id ?? input.query.after ?? null;
      return { data: { data, meta: { next_after, has_more: hasMore } } };
    },
  }),
];

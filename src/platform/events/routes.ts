import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { dataOf } from "../replies.ts";
import { EventSchema, EventsQuery } from "./contract.ts";
import { authoriseTypes, findEvent, listEvents, requireHeard } from "./service.ts";
import { EventTypeSchema, eventTypesFor } from "./types.ts";

const FeedSchema = z
  .object({
    data: z.array(EventSchema),
    meta: z.object({
      next_after: z.string().nullable().register(z.globalRegistry, {
        description: "Pass as `after` to go on. It moves with the feed, also when nothing in it was asked for",
      }),
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
      "The feed behind the webhooks, for callers that poll. It holds the events of what the key may read: `order.*` asks for `ecommerce:read`, and so on. It reaches back 30 days; an `after` older than that answers 410 `cursor_expired` with the oldest event kept.",
    scope: "webhooks:read",
    integrations: true,
    query: EventsQuery,
    errors: ["cursor_expired"],
    authorise: (ctx, _, query) => authoriseTypes(ctx, query().getAll("type")),
    success: { status: 200, description: "Events after the one named", data: FeedSchema },
    handle: async ({ ctx, input }) => {
      const { data, hasMore, nextAfter } = await listEvents({ ctx, input: input.query });
      return { data: { data, meta: { next_after: nextAfter, has_more: hasMore } } };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/events/{eventId}",
    operationId: "getEvent",
    tag: "Events",
    summary: "Get an event",
    description:
      "The one a webhook names in `webhook-id`, for 30 days. As the feed it asks for the read scope of what the event is about.",
    scope: "webhooks:read",
    integrations: true,
    params: z.object({ eventId: z.string().meta({ description: "Id of the event" }) }),
    authorise: requireHeard,
    success: { status: 200, description: "The event", data: dataOf(EventSchema) },
    handle: async ({ ctx, input }) => ({ data: { data: await findEvent({ ctx, input: input.params }) } }),
  }),
  defineEndpoint({
    method: "get",
    path: "/event-types",
    operationId: "listEventTypes",
    tag: "Events",
    summary: "The event types there are",
    description: "Each with a JSON Schema of its `data`, the scope that hears it, and whether this key does.",
    scope: "webhooks:read",
    integrations: true,
    success: { status: 200, description: "Every event type", data: dataOf(z.array(EventTypeSchema)) },
    handle: async ({ ctx }) => ({ data: { data: eventTypesFor(ctx) } }),
  }),
];

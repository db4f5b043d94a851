import { z } from "@hono/zod-openapi";
import { eventTypes } from "../../core/events/catalogue.ts";
import { eventTypeSchema } from "../../core/events/schema.ts";
import { openEnum } from "../../core/fields.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";
import type { events } from "../../core/storage/tables.ts";
import { InstantSchema, instant } from "../replies.ts";

/** An event as webhooks carry it (docs/contract.md §7). */
export const EventSchema = z
  .object({
    id: z.string().meta({ example: "evt_01KAGW6PSZ0000000000000000" }),
    type: z.lazy(() => openEnum(eventTypes())),
    created_at: InstantSchema,
    workspace_id: z.int(),
    site_id: z.string().nullable(),
    environment: z.enum(["live", "sandbox"]),
    data: z.unknown().meta({ description: "The resource as its GET returns it" }),
  })
  .openapi("WebhookEvent");

export const EventsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^evt_[0-9A-Za-z]{26}$/, "must be the id of an event")
    .optional()
    .register(z.globalRegistry, {
      description: "Events that came after this one; from the oldest kept (30 days) when left out",
    }),
  type: eventTypeSchema("is not a known event type").optional(),
  limit: wholeQuery(1, 100).default(25).register(z.globalRegistry, { description: "How many events an answer has" }),
});

export const toEvent = (row: typeof events.$inferSelect): z.output<typeof EventSchema> => ({
  id: row.id,
  type: row.type,
  created_at: instant(row.createdAt),
  workspace_id: row.workspaceId,
  site_id: row.siteId,
  environment: row.environment,
  data: row.data,
});

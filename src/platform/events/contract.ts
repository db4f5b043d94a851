import { z } from "@hono/zod-openapi";
import { eventTypeSchema } from "../../core/events/schema.ts";
import type { events } from "../../core/storage/tables.ts";
import { InstantSchema, instant } from "../replies.ts";

/** An event as webhooks carry it (CONTRACT §7). */
export const EventSchema = z
  .object({
    id: z.string().openapi({ example: "evt_01KAGW6PSZ0000000000000000" }),
    type: eventTypeSchema(),
    created_at: InstantSchema,
    workspace_id: z.int(),
    site_id: z.string().nullable(),
    environment: z.enum(["live", "sandbox"]),
    data: z.unknown().openapi({ description: "The resource as its GET returns it" }),
  })
  .openapi("Event");

export const EventsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^evt_[0-9A-Za-z]{26}$/, "must be the id of an event")
    .optional()
    .openapi({ description: "Events that came after this one; from the oldest kept (30 days) when left out" }),
  type: eventTypeSchema("is not a known event type").optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1, "must be at least 1").max(100, "must be at most 100"))
    .default(25)
    .openapi({ type: "integer", example: 25 }),
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

import { z } from "@hono/zod-openapi";

/** A tracked event on its way through the queue. Whose site it is, is looked up again when it is stored. */
export const TrackedEventSchema = z.object({
  id: z.string().min(1).max(100),
  siteId: z.string().min(1).max(64),
  day: z.iso.date(),
  type: z.string().min(1).max(64),
  path: z.string().max(500),
  referrerHost: z.string().max(253).nullable(),
  device: z.enum(["desktop", "mobile", "tablet", "bot", "unknown"]),
  visitor: z.string().max(64),
  session: z.string().max(64).nullable(),
  properties: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.int(),
});

export type TrackedEvent = z.output<typeof TrackedEventSchema>;

import { z } from "@hono/zod-openapi";
import { eventPatterns, eventTypes } from "./catalogue.ts";

/** A field that names an event type. Contracts are built before the events are registered, so it looks them up when used. */
export const eventTypeSchema = (message?: string) =>
  z.lazy(() => z.enum(eventTypes() as [string, ...string[]], message));

/** What an endpoint can subscribe to: an event type, all of a kind (`post.*`), or all (`*`). */
export const eventPatternSchema = z
  .lazy(() => {
    const patterns = eventPatterns() as [string, ...string[]];
    return z.enum(patterns, `is not a known event; use ${patterns.join(", ")}`);
  })
  .openapi("EventPattern", {
    description: "An event type, all of a kind (`post.*`), or all (`*`)",
    example: "post.*",
  });

import { z } from "@hono/zod-openapi";
import { eventTypes } from "./catalogue.ts";

/** A field that names an event type. Contracts are built before the events are registered, so it looks them up when used. */
export const eventTypeSchema = (message?: string) =>
  z.lazy(() => z.enum(eventTypes() as [string, ...string[]], message));

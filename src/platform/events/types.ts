import { z } from "@hono/zod-openapi";
import { readerOfCaller } from "../../core/access/caller.ts";
import { allEvents, heardTypes } from "../../core/events/catalogue.ts";
import { dataSchemas } from "../../core/events/data-schema.ts";
import type { Ctx } from "../../core/work/context.ts";

export const EventTypeSchema = z
  .object({
    type: z.string().meta({ example: "post.created" }),
    scope: z.string().meta({ description: "What a key must hold to hear of it", example: "posts:read" }),
    is_heard: z.boolean().meta({ description: "Whether this key may hear of it" }),
    schema: z.record(z.string(), z.unknown()).meta({
      description: "JSON Schema (2020-12) of `data`. Fields may be added to it",
      example: { type: "object" },
    }),
  })
  .openapi("EventType");

/** Every event type there is, with what such events carry. */
export function eventTypesFor(ctx: Ctx): z.output<typeof EventTypeSchema>[] {
  const heard = new Set(heardTypes(readerOfCaller(ctx.caller)));
  const schemas = dataSchemas();
  return allEvents().map(({ type, scope }) => {
    return { type, scope, is_heard: heard.has(type), schema: schemas.get(type) ?? {} };
  });
}

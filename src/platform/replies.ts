import { z } from "@hono/zod-openapi";
import { notFound } from "../core/errors.ts";

/** Bodies of document 002: `{data}` for reads, `{message, data}` for writes. */
export const dataOf = <Data extends z.ZodType>(data: Data) => z.object({ data });
export const messageOf = <Data extends z.ZodType>(data: Data) => z.object({ message: z.string(), data });

/** An integer id of the path. Anything else names nothing, so it is not found. */
export function integerId(text: string, what: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : 0;
  // Beyond 2^53 another number than the one that was written would be looked up.
  if (id === 0 || !Number.isSafeInteger(id)) throw notFound(what);
  return id;
}

export { instant, instantOrNull } from "../core/instant.ts";
export const InstantSchema = z.iso.datetime().openapi({ example: "2026-01-15T10:30:00Z" });

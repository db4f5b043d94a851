import { z } from "@hono/zod-openapi";
import { notFound } from "../core/errors.ts";

/** Bodies of document 002: `{data}` for reads, `{message, data}` for writes. */
export const dataOf = <Data extends z.ZodType>(data: Data) => z.object({ data });
export const messageOf = <Data extends z.ZodType>(data: Data) => z.object({ message: z.string(), data });

/** A new resource, and where it is: below the path its list has. */
export const made = <Data extends { id: number }>(path: string, message: string, data: Data) => ({
  data: { message, data },
  headers: { Location: `/api/v1${path}/${data.id}` },
});

/** Beyond 2^53 another number than the one that was written would be looked up. */
const isIntegerId = (text: string): boolean => /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text));

/** The id of something in a path, as the description has it; what is none is not found, rather than not valid. */
export const IdParam = z.string().refine(isIntegerId).meta({ type: "integer", format: "int64", minimum: 1 });

/** An integer id of the path. Anything else names nothing, so it is not found. */
export function integerId(text: string, what: string): number {
  if (!isIntegerId(text)) throw notFound(what);
  return Number(text);
}

export { instant, instantOrNull } from "../core/instant.ts";
export const InstantSchema = z.iso.datetime().meta({ example: "2026-01-15T10:30:00Z" });

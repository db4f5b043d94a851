import type { z } from "@hono/zod-openapi";
import { invalid, invalidFields } from "../../core/errors.ts";

/** Parses what a record says; throws what is wrong with it, by field. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join(".") || "record";
    fields[path] = [...(fields[path] ?? []), issue.message];
  }
  throw invalidFields(fields);
}

/** The fields of a record that a body has. */
export function fieldsOf(schema: z.ZodType, record: Record<string, unknown>): Record<string, unknown> {
  const { shape } = schema as unknown as z.ZodObject;
  return Object.fromEntries(Object.entries(record).filter(([name]) => name in shape));
}

/** A time that a record tells; one that is missing or ahead is now. */
export function pastOr(value: unknown, now: number): number {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) && at >= 0 ? Math.min(at, now) : now;
}

/** An id as the API writes it. */
const ID = /^[a-z]{2,12}_[0-9A-HJKMNP-TV-Z]{26}$/;

export function idOf(value: unknown, prefix: string): string {
  if (typeof value === "string" && ID.test(value) && value.startsWith(`${prefix}_`)) return value;
  throw invalid("id", `must be an id that begins with ${prefix}_`);
}

import { z } from "@hono/zod-openapi";
import { TimestampSchema, timestampOrNull } from "../../core/fields.ts";

/** What every resource below a site shows besides its own fields. */
const STANDARD = { version: z.int(), createdAt: TimestampSchema, updatedAt: TimestampSchema };

/** How the API shows a resource below a site: its own fields between its ids and its versions. */
export const itemSchema = <Fields extends z.ZodRawShape>(label: string, exampleId: string, fields: Fields) =>
  z
    .object({ id: z.string().openapi({ example: exampleId }), siteId: z.string(), ...fields, ...STANDARD })
    .openapi(label);

/** Whether a field is a moment, which is stored in milliseconds: its name says so. */
export const isMoment = (field: string): boolean => field.endsWith("At") || field.endsWith("Until");

/**
 * Shows a row as its schema says: every field is the column of its name, and one whose name ends in `At` or `Until` a
 * moment. A schema with a field that the row has not does not compile.
 */
export function shownBy<Schema extends z.ZodObject>(schema: Schema) {
  const names = Object.keys(schema.shape);
  return (row: { [Name in keyof z.output<Schema>]: unknown }): z.output<Schema> =>
    Object.fromEntries(
      names.map((name) => {
        const value = (row as Record<string, unknown>)[name];
        return [name, isMoment(name) ? timestampOrNull(value as number | null) : value];
      }),
    ) as z.output<Schema>;
}

import { z } from "@hono/zod-openapi";
import { TimestampSchema, timestampOrNull } from "../../core/fields.ts";

/** What every resource below a site shows besides its own fields. */
const STANDARD = { version: z.int(), createdAt: TimestampSchema, updatedAt: TimestampSchema };

const SiteIdSchema = z.string();

/** How the API shows a resource below a site: its own fields between its ids and its versions. */
export const itemSchema = <Fields extends z.ZodRawShape>(label: string, exampleId: string, fields: Fields) =>
  z
    .object({
      id: z.string().register(z.globalRegistry, { example: exampleId }),
      siteId: SiteIdSchema,
      ...fields,
      ...STANDARD,
    })
    .openapi(label);

/** Whether a field is a moment, which is stored in milliseconds: its name says so, and it is no number. */
export function isMoment({ shape }: z.ZodObject, field: string): boolean {
  const schema = shape[field];
  const isNumber = (schema instanceof z.ZodNullable ? schema.unwrap() : schema) instanceof z.ZodNumber;
  return !isNumber && (field.endsWith("At") || field.endsWith("Until"));
}

/**
 * Shows a row as its schema says: every field is the column of its name, and one whose name ends in `At` or `Until` a
 * moment, unless it is a number. A schema with a field that the row has not does not compile.
 */
export function shownBy<Schema extends z.ZodObject>(schema: Schema) {
  const names = Object.keys(schema.shape);
  const moments = new Set(names.filter((name) => isMoment(schema, name)));
  return (row: { [Name in keyof z.output<Schema>]: unknown }): z.output<Schema> =>
    Object.fromEntries(
      names.map((name) => {
        const value = (row as Record<string, unknown>)[name];
        return [name, moments.has(name) ? timestampOrNull(value as number | null) : value];
      }),
    ) as z.output<Schema>;
}

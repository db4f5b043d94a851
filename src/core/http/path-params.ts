import { z } from "@hono/zod-openapi";

const SegmentSchema = z.string();
const made = new Map<string, z.ZodObject>();

/** The parameters of a path, each a text; made once for the same names, which many endpoints have. */
export function pathParams<Names extends string>(...names: Names[]): z.ZodObject<Record<Names, z.ZodString>> {
  const key = names.join("/");
  const params = made.get(key) ?? z.object(Object.fromEntries(names.map((name) => [name, SegmentSchema])));
  made.set(key, params);
  return params as z.ZodObject<Record<Names, z.ZodString>>;
}

import fc from "fast-check";

/** A schema of the description, as far as query parameters have one. */
export type Schema = Record<string, unknown> & {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
};

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  "date-time": fc
    .date({ min: new Date("2026-11-21"), max: new Date("2090-01-01"), noInvalidDate: true })
    .map((it) => it.toISOString()),
  date: fc
    .date({ min: new Date("2026-11-21"), max: new Date("2090-01-01"), noInvalidDate: true })
    .map((it) => it.toISOString().slice(0, 10)),
};

const bound = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);

function text(schema: Schema): fc.Arbitrary<string> {
  const format = FORMATS[String(schema.format)];
  if (format) return format;
  const [min, max] = [bound(schema.minLength, 0), bound(schema.maxLength, Number.POSITIVE_INFINITY)];
  const pattern = new RegExp(String(schema.pattern ?? ""), "u");
  const fits = (it: string) => [...it].length >= min && [...it].length <= max && pattern.test(it);
  const free = fc.string({ unit: "grapheme-ascii", minLength: min, maxLength: Math.min(max, min + 30) });
  if (typeof schema.pattern !== "string" || schema.pattern.startsWith("^[^\\u0000]*")) return free.filter(fits);
  return fc.stringMatching(pattern).filter(fits);
}

function typed(type: string, schema: Schema, resolve: (name: string) => Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case "integer":
      return fc.integer({
        min: Math.max(bound(schema.minimum, -1_000), Number.MIN_SAFE_INTEGER),
        max: Math.min(bound(schema.maximum, 1_000), Number.MAX_SAFE_INTEGER),
      });
    case "array": {
      const size = { minLength: bound(schema.minItems, 0), maxLength: Math.min(bound(schema.maxItems, 3), 3) };
      const items = valid(schema.items ?? {}, resolve);
      return schema.uniqueItems ? fc.uniqueArray(items, size) : fc.array(items, size);
    }
    default:
      return text(schema);
  }
}

/** Values of a query parameter that its schema in the description allows, of every form it names. */
export function valid(schema: Schema, resolve: (name: string) => Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return valid(resolve(schema.$ref.split("/").at(-1) as string), resolve);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((it) => valid(it, resolve)));
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? "string"];
  return fc.oneof(...types.map((type) => typed(type, schema, resolve)));
}

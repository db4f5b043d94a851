import { fits, type Resolve, resolved, type Schema, typesOf } from "./described.ts";

const TEXTS = ["", " ", "a b", "-", "x", "line\nline", "\u202eabc", "a".repeat(70), "2026-13-45", "\u0000"];

const isNumber = (value: unknown): value is number => typeof value === "number";

/** Values that break one rule of a schema each, with the rule. */
export function broken(given: Schema, resolve: Resolve): [rule: string, value: unknown][] {
  const schema = resolved(given, resolve);
  const types = typesOf(schema);
  if (schema.anyOf ?? schema.oneOf) return [["anyOf", { no: "form" }]];
  if (schema.enum)
    return [["enum", "no-such-name"], ...(schema.enum.includes(null) ? [] : [["null", null] as [string, unknown]])];
  if (types.length === 0) return [];
  const found: [string, unknown][] = [["type", types.includes("object") ? "text" : { not: "this" }]];
  if (!types.includes("null")) found.push(["null", null]);
  if (types.includes("string")) {
    const odd = TEXTS.find((it) => !fits({ ...schema, maxLength: undefined, minLength: undefined }, it));
    if (schema.pattern && odd !== undefined) found.push(["pattern", odd]);
    if (schema.minLength) found.push(["minLength", ""]);
    if (schema.format === "date-time" || schema.format === "email") found.push(["format", "yesterday"]);
    if (isNumber(schema.maxLength) && schema.maxLength <= 20_000)
      found.push(["maxLength", "a".repeat(schema.maxLength + 1)]);
  }
  if (types.includes("integer")) found.push(["type", 1.5], ["type", "1"]);
  if (isNumber(schema.minimum) && Number.isSafeInteger(schema.minimum - 1)) found.push(["minimum", schema.minimum - 1]);
  if (isNumber(schema.maximum) && Number.isSafeInteger(schema.maximum + 1)) found.push(["maximum", schema.maximum + 1]);
  if (schema.multipleOf) found.push(["multipleOf", schema.multipleOf / 2]);
  if (types.includes("array")) {
    if (schema.minItems) found.push(["minItems", []]);
    for (const [rule, value] of broken(schema.items ?? {}, resolve)) found.push([`items.${rule}`, [value]]);
  }
  if (schema.additionalProperties === false) found.push(["additionalProperties", { no_such_field: 1 }]);
  if (isNumber(schema.maxProperties)) {
    const many = Array.from({ length: schema.maxProperties + 1 }, (_, index) => [`name${index}`, "x"]);
    found.push(["maxProperties", Object.fromEntries(many)]);
  }
  return found;
}

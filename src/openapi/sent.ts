import { isOf, type Schema } from "../core/json-schema.ts";

const NO_NUL = "^[^\\u0000]*$";

/** Any value of JSON that survives being kept: integers that a double holds, text without NUL. */
export const JSON_VALUE: Schema = {
  description: "Any value of JSON. Integers stay within 2^53, and no text or name holds a NUL character",
  anyOf: [
    { type: ["boolean", "null"] },
    { type: "number", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    { type: "string", pattern: NO_NUL },
    { type: "array", items: { $ref: "#/components/schemas/Json" } },
    {
      type: "object",
      propertyNames: { pattern: NO_NUL, not: { const: "__proto__" } },
      additionalProperties: { $ref: "#/components/schemas/Json" },
    },
  ],
};

const isFree = ({ additionalProperties: rest, properties }: Schema): boolean =>
  rest === undefined ? properties === undefined : Object.keys(Object(rest)).length === 0 && rest !== false;

/** What may be sent as a whole: what JSON can say and we cannot keep is refused wherever it stands. */
export function finishSent(schema: Schema): void {
  if (isOf(schema, "integer")) {
    if (schema.exclusiveMinimum === undefined) schema.minimum ??= Number.MIN_SAFE_INTEGER;
    schema.maximum ??= Number.MAX_SAFE_INTEGER;
  }
  const isBound = schema.enum || schema.const !== undefined || schema.pattern || schema.format;
  if (isOf(schema, "string") && !isBound) schema.pattern = NO_NUL;
  if (isOf(schema, "object") && schema.additionalProperties !== false) {
    schema.propertyNames ??= { pattern: NO_NUL, maxLength: 100 };
    if (isFree(schema)) schema.additionalProperties = { $ref: "#/components/schemas/Json" };
  }
}

import { isOf, refOf, type Schema, visit } from "../core/json-schema.ts";

const isNames = (schema: Schema | undefined): schema is Schema & { enum?: unknown[] } =>
  schema !== undefined && Array.isArray(schema.enum) && isOf(schema, "string");

/** Names in an answer are those there are today: more may come, so that a client must not take them for complete. */
function open(schema: Schema): void {
  if (!isNames(schema)) return;
  schema["x-extensible-enum"] = schema.enum?.filter((it) => it !== null);
  delete schema.enum;
}

/** Describes what is answered as it may become: open names, and no rule that only what is sent has to keep. */
export function openAnswers(part: unknown, schemas: Record<string, Schema>): void {
  visit(part, (schema) => {
    open(schema);
    if (isOf(schema, "string")) delete schema.pattern;
    const named = schemas[refOf(schema) ?? ""];
    if (!isNames(named)) return;
    delete schema.$ref;
    Object.assign(schema, { type: "string", description: schema.description ?? named.description });
  });
}

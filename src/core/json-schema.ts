/** A JSON Schema, as the description of the API and the schemas of events have it. */
export type Schema = Record<string, unknown>;

/** Whether a value is an object with names. */
export const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a schema allows values of a type. */
export const isOf = (schema: Schema, type: string): boolean =>
  schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));

/** The component that a schema names. */
export const refOf = ({ $ref }: Schema): string | null =>
  typeof $ref === "string" ? ($ref.split("/").at(-1) as string) : null;

/** What is shown as it is sent, and holds no schema. */
const VALUES = ["example", "examples", "default", "enum", "const"];

/** Every schema within a part of the document; what `finish` says to skip is not looked into. */
export function visit(part: unknown, finish: (schema: Schema) => unknown): void {
  if (Array.isArray(part)) for (const each of part) visit(each, finish);
  if (!isObject(part) || finish(part) === "skip") return;
  for (const [name, each] of Object.entries(part)) if (!VALUES.includes(name)) visit(each, finish);
}

/**
 * What all of a component and something beside it is, as plainly as it can be said: the component, or it and null. All of
 * "text" and "text or null" would be text.
 */
export function plainly(schema: Schema): void {
  const parts = schema.allOf as Schema[] | undefined;
  const [named, beside = {}, ...more] = parts?.filter((it) => Object.keys(it).length > 0) ?? [];
  if (!named || refOf(named) === null || more.length > 0 || beside.properties) return;
  const { type, ...said } = beside;
  delete schema.allOf;
  const isNullable = Array.isArray(type) && type.includes("null");
  Object.assign(schema, isNullable ? { anyOf: [named, { type: "null" }] } : named, said);
}

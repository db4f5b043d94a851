type Json = unknown;
type Schema = Record<string, Json>;

const isObject = (value: Json): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

const isOf = (schema: Schema, type: string): boolean =>
  schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));

const MAX_INT32 = 2 ** 31 - 1;

/** What can be larger than 32 bits says so to typed clients. */
function finishInteger(schema: Schema): void {
  const max = (schema.maximum as number | undefined) ?? Number.MAX_SAFE_INTEGER;
  schema.format ??= max > MAX_INT32 ? "int64" : "int32";
}

/** What may be sent: integers that a double holds, text without NUL. */
function finishSent(schema: Schema): void {
  if (isOf(schema, "integer")) {
    if (schema.exclusiveMinimum === undefined) schema.minimum ??= Number.MIN_SAFE_INTEGER;
    schema.maximum ??= Number.MAX_SAFE_INTEGER;
  }
  const isBound = schema.enum || schema.const !== undefined || schema.pattern || schema.format;
  if (isOf(schema, "string") && !isBound) schema.pattern = "^[^\\u0000]*$";
}

/** Every schema within a part of the document. */
function visit(value: Json, finish: (schema: Schema) => void): void {
  if (Array.isArray(value)) for (const part of value) visit(part, finish);
  if (!isObject(value)) return;
  finish(value);
  for (const [name, part] of Object.entries(value)) if (name !== "example" && name !== "default") visit(part, finish);
}

/** The same, with the components it names. */
function visitSent(value: Json, schemas: Schema, seen: Set<string>): void {
  visit(value, (schema) => {
    finishSent(schema);
    const name = typeof schema.$ref === "string" ? (schema.$ref.split("/").at(-1) as string) : null;
    if (name === null || seen.has(name)) return;
    seen.add(name);
    visitSent(schemas[name], schemas, seen);
  });
}

interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema?: Schema;
}

/** `siteId` is the id of the site. */
const idOf = (name: string): string =>
  `Id of the ${name.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;

function finishParameter(parameter: Parameter): void {
  const { name, schema } = parameter;
  parameter.description ??= schema?.description as string | undefined;
  delete schema?.description;
  if (parameter.description === undefined && name.endsWith("Id")) parameter.description = idOf(name);
  if (parameter.description === undefined) delete parameter.description;
}

/** Says of a finished document what no single schema can be asked to say of itself. */
export function finishDocument(document: object): void {
  const { paths = {}, components = {} } = document as {
    paths?: Record<string, Record<string, { parameters?: Parameter[]; requestBody?: object }>>;
    components?: { schemas?: Schema };
  };
  const seen = new Set<string>();
  for (const operation of Object.values(paths).flatMap((it) => Object.values(it))) {
    operation.parameters = operation.parameters?.filter((it) => !it.schema?.["x-unused"]);
    for (const parameter of operation.parameters ?? []) finishParameter(parameter);
    visitSent([operation.parameters, operation.requestBody], components.schemas ?? {}, seen);
  }
  visit([paths, components.schemas], (schema) => {
    if (isOf(schema, "integer")) finishInteger(schema);
  });
}

import { openAnswers } from "./answers.ts";
import { describe, fieldWords } from "./describe.ts";
import { type Parameter, shareParameters } from "./parameters.ts";
import { isOf, plainly, refOf, type Schema, visit } from "../core/json-schema.ts";
import { finishSent, JSON_VALUE } from "./sent.ts";

interface Operation {
  parameters?: Parameter[];
  requestBody?: object;
  responses?: Record<string, object>;
}

export interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
  webhooks?: Record<string, Record<string, object>>;
}

const MAX_INT32 = 2 ** 31 - 1;

/** What can be larger than 32 bits says so to typed clients. */
function finishInteger(schema: Schema): void {
  if (!isOf(schema, "integer")) return;
  const max = (schema.maximum as number | undefined) ?? Number.MAX_SAFE_INTEGER;
  schema.format ??= max > MAX_INT32 ? "int64" : "int32";
}

/** `siteId` is the id of the site. */
const idOf = (name: string): string =>
  `Id of the ${name.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;

function finishParameter(parameter: Parameter): void {
  const { name, schema } = parameter;
  parameter.description ??= schema?.description as string | undefined;
  delete schema?.description;
  parameter.description ??= name.endsWith("Id") ? idOf(name) : fieldWords(parameter.in, name);
  if (parameter.description === undefined) delete parameter.description;
}

/** Finishes a part of what may be sent, and the components it names. */
function finishSentWithin(part: unknown, schemas: Record<string, Schema>, seen: Set<string>): void {
  visit(part, (schema) => {
    // What a caller only hands back is an answer's.
    if (schema.readOnly) return "skip";
    finishSent(schema);
    const name = refOf(schema);
    if (name === null || seen.has(name)) return;
    seen.add(name);
    finishSentWithin(schemas[name], schemas, seen);
  });
}

/** Says of a finished document what no single schema can be asked to say of itself. */
export function finishDocument(document: Document, keyPrefixes: readonly string[]): void {
  const schemas = document.components?.schemas ?? {};
  const operations = Object.values(document.paths ?? {}).flatMap((it) => Object.values(it));
  visit([document.paths, schemas], (schema) => {
    plainly(schema);
    if (schema["x-prefixed"] && keyPrefixes.length > 0) schema.pattern = `^(?:${keyPrefixes.join("|")})[!-~]*$`;
    delete schema["x-prefixed"];
  });
  schemas.Json = JSON_VALUE;
  const sent = new Set<string>();
  for (const operation of operations) {
    operation.parameters = operation.parameters?.filter((it) => !it.schema?.["x-unused"]);
    for (const parameter of operation.parameters ?? []) finishParameter(parameter);
    finishSentWithin([operation.parameters, operation.requestBody], schemas, sent);
  }
  visit([document.paths, schemas], finishInteger);
  const inline: Schema[] = [];
  visit([document.paths, document.webhooks], (schema) => {
    if (schema.properties && schema.type === "object") inline.push(schema);
  });
  describe(schemas, inline);
  const answered = Object.entries(schemas).filter(([name]) => !sent.has(name));
  openAnswers([answered.map(([, schema]) => schema), operations.map((it) => it.responses), document.webhooks], schemas);
  if (document.components) document.components.parameters = shareParameters(operations);
}

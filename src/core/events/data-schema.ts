import { OpenAPIHono, z } from "@hono/zod-openapi";
import { plainly, visit } from "../json-schema.ts";
import { allEvents } from "./catalogue.ts";
import { type DeclaredEvent, nounOf } from "./define.ts";

let contracts: ReadonlyMap<string, z.ZodType> = new Map();

/** Names the contract of what events are about, by noun; the composition root calls this once. */
export function registerContracts(byNoun: Record<string, z.ZodType>): void {
  contracts = new Map(Object.entries(byNoun));
}

/** The contract of what is no resource of its own, as its sample shows it. */
function shapeOf(sample: unknown): z.ZodType {
  if (Array.isArray(sample)) return z.array(sample.length > 0 ? shapeOf(sample[0]) : z.unknown());
  if (typeof sample === "number") return z.number();
  if (typeof sample === "string") return z.string();
  if (typeof sample === "boolean") return z.boolean();
  if (sample === null || sample === undefined) return z.unknown();
  return z.object(Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, shapeOf(value)])));
}

const contractOf = ({ type, sample }: DeclaredEvent): z.ZodType => contracts.get(nounOf(type)) ?? shapeOf(sample);

type JsonSchema = Record<string, unknown>;
const COMPONENTS = "#/components/schemas/";

let schemas: ReadonlyMap<string, JsonSchema> | null = null;

/**
 * A JSON Schema (2020-12) of the `data` of each event, by type, as the description has it. Whole by itself: what it names
 * stands in its `$defs`.
 */
export function dataSchemas(): ReadonlyMap<string, JsonSchema> {
  schemas ??= new Map(allEvents().map((event) => [event.type, dataSchemaOf(event)]));
  return schemas;
}

function dataSchemaOf(event: DeclaredEvent): JsonSchema {
  const description = new OpenAPIHono();
  description.openAPIRegistry.register(event.type, contractOf(event));
  const { components } = description.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "", version: "" } });
  visit(components?.schemas, plainly);
  const text = JSON.stringify(components?.schemas).replaceAll(`"${COMPONENTS}`, '"#/$defs/');
  const { [event.type]: own, ...others } = JSON.parse(text) as Record<string, JsonSchema>;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...own,
    ...(Object.keys(others).length > 0 && { $defs: others }),
  };
}

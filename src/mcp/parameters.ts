import { z } from "@hono/zod-openapi";
import type { Tool } from "./tool.ts";

type Json = Record<string, unknown>;

/** One argument of a tool as document 002 lists it; what else its JSON Schema says stands beside. */
export interface Parameter extends Json {
  type: string;
  description: string;
  required: boolean;
}

/** The tool's arguments as JSON Schema, as a caller writes them. */
export const inputSchemaOf = (tool: Tool): Json =>
  z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" }) as Json;

/** The tool's arguments by name, made of its schema. */
export function parametersOf(tool: Tool): Record<string, Parameter> {
  const { properties = {}, required = [] } = inputSchemaOf(tool) as { properties?: Json; required?: string[] };
  const entries = Object.entries(properties).map(([name, schema]) => {
    const { type, description, ...rest } = withoutNull(schema as Json);
    return [name, { type, description, required: required.includes(name), ...omitRequired(rest) }];
  });
  return Object.fromEntries(entries);
}

/** `anyOf: [X, null]`, or what is of both types, as X that is nullable: readers look for one `type`. */
function withoutNull(schema: Json): Json {
  const { anyOf, ...rest } = schema as { anyOf?: Json[]; type?: unknown };
  if (Array.isArray(rest.type)) return { ...rest, type: rest.type.find((it) => it !== "null"), nullable: true };
  const variant = anyOf?.find((it) => it.type !== "null");
  return variant ? { ...variant, ...rest, nullable: true } : schema;
}

/** In a schema `required` lists an object's fields; here it says whether the argument itself is. */
const omitRequired = ({ required: _, ...rest }: Json): Json => rest;

import type { z } from "@hono/zod-openapi";
import type { Scope } from "../core/keys/scopes.ts";
import type { Ctx } from "../core/work/context.ts";

/** Something a language model may do with a workspace. Knows no transport: every MCP surface offers the same ones. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  /** `verb_noun`; part of the published contract. */
  name: string;
  /** What a model reads to decide when to use it. */
  description: string;
  /** The scope of the REST call it stands for; `null` where any key will do. */
  scope: Scope | null;
  /** The REST operation it stands for, where the published name of the tool is another. */
  operation?: string;
  /** A strict object whose every field is described. A `siteId` in it is checked against the key's sites. */
  input: Input;
  /** Writes are staged in `ctx.unit`; the caller's request commits them. */
  handle(at: { ctx: Ctx; input: z.output<Input> }): Promise<Record<string, unknown>>;
}

/** Keeps the schema's types while the tool is handed on as data. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}

/** The REST operation a tool stands for, with the same scope and the same rights: that of `create_page` is `createPage`. */
export const operationOf = ({ name, operation }: Pick<Tool, "name" | "operation">): string =>
  operation ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

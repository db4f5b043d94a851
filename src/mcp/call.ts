import { z } from "@hono/zod-openapi";
import type { Ctx } from "../core/work/context.ts";
import { DomainError } from "../core/errors.ts";
import { parseWith } from "../core/http/validate.ts";
import { requireScope } from "../core/access/authorise.ts";
import { requireOperation } from "./authorise.ts";
import { findServer, findTool } from "./servers.ts";
import { operationOf } from "./tool.ts";

export interface ToolCall {
  server: string;
  tool: string;
  arguments: Record<string, unknown>;
}

/** Calls a tool as its REST counterpart would be called: same scope, same sites, same service. */
export async function callTool({ ctx, input }: { ctx: Ctx; input: ToolCall }): Promise<Record<string, unknown>> {
  const tool = findTool(findServer(input.server), input.tool);
  requireScope(ctx.caller, tool.scope);
  const call = parseWith(z.object({ arguments: tool.input }), { arguments: input.arguments }, "arguments");
  await requireOperation(ctx, operationOf(tool), call.arguments);
  try {
    return await tool.handle({ ctx, input: call.arguments });
  } catch (error) {
    throw asArguments(error);
  }
}

/** A service names fields as the resource has them; here they are arguments. */
function asArguments(error: unknown): unknown {
  if (!(error instanceof DomainError) || !error.details.fields) return error;
  const fields = Object.entries(error.details.fields).map(([name, messages]) => [
    `arguments.${name === "If-Match" ? "expectedVersion" : name}`,
    messages,
  ]);
  return new DomainError(error.code, error.message, { ...error.details, fields: Object.fromEntries(fields) });
}

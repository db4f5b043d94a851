import { z } from "@hono/zod-openapi";
import { text } from "../../core/fields.ts";
import { parametersOf } from "../../mcp/parameters.ts";
import type { McpResource } from "../../mcp/resources.ts";
import type { McpServer } from "../../mcp/servers.ts";
import type { Tool } from "../../mcp/tool.ts";

export const ServerSchema = z
  .object({
    id: z.string().meta({ example: "optimocms" }),
    name: z.string().meta({ example: "OptimoCMS" }),
    description: z.string(),
    tools: z.array(z.string()).meta({ example: ["list_sites", "get_site"] }),
  })
  .openapi("McpServer");

const ParameterSchema = z
  .object({ type: z.string(), description: z.string(), required: z.boolean() })
  .catchall(z.unknown())
  .openapi("McpParameter", {
    description: "Beside the three fields, what else the argument's JSON Schema says",
    example: { type: "string", description: "Id of the website, as list_sites gives it", required: true },
  });

export const ToolSchema = z
  .object({
    name: z.string().meta({ example: "get_site" }),
    description: z.string(),
    parameters: z.record(z.string(), ParameterSchema),
    required_scope: z.string().nullable().register(z.globalRegistry, { example: "sites:read" }),
  })
  .openapi("McpTool");

export const ToolCallSchema = z
  .strictObject({
    server: text(100),
    tool: text(100),
    arguments: z.record(z.string(), z.unknown()).default({}),
  })
  .openapi("McpToolCall", {
    example: { server: "optimocms", tool: "list_sites", arguments: { limit: 10 } },
  });

export const ToolResultSchema = z.object({ result: z.record(z.string(), z.unknown()) }).openapi("McpToolResult", {
  description: "The resource the tool read or wrote, as the Content API shows it",
});

export const ResourceSchema = z
  .object({
    uri: z.string().meta({ example: "sites/site_01KAGW6PSZ0000000000000000" }),
    mime_type: z.string().meta({ example: "application/json" }),
    content: z.record(z.string(), z.unknown()),
  })
  .openapi("McpResource");

export const toServer = ({ id, name, description, tools }: McpServer): z.output<typeof ServerSchema> => ({
  id,
  name,
  description,
  tools: tools.map((tool) => tool.name),
});

export const toTool = (tool: Tool): z.output<typeof ToolSchema> => ({
  name: tool.name,
  description: tool.description,
  parameters: parametersOf(tool),
  required_scope: tool.scope,
});

export const toResource = ({ uri, mimeType, content }: McpResource): z.output<typeof ResourceSchema> => ({
  uri,
  mime_type: mimeType,
  content,
});

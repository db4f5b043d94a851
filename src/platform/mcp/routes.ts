import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { callTool } from "../../mcp/call.ts";
import { authoriseResource, readResource } from "../../mcp/resources.ts";
import { findServer, MCP_SERVERS } from "../../mcp/servers.ts";
import { dataOf } from "../replies.ts";
import {
  ResourceSchema,
  ServerSchema,
  ToolCallSchema,
  ToolResultSchema,
  ToolSchema,
  toResource,
  toServer,
  toTool,
} from "./contract.ts";
import { pageOf, PagingQuery } from "./paging.ts";

const tag = "MCP";
const params = z.object({ serverId: z.string() });

export const mcpRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/mcp/servers",
    operationId: "listMcpServers",
    tag,
    summary: "List the MCP servers and the names of their tools",
    scope: "mcp:read",
    query: PagingQuery,
    success: { status: 200, description: "A page of servers", data: ServerSchema, list: true },
    handle: async ({ input }) => pageOf(MCP_SERVERS.map(toServer), input.query),
  }),
  defineEndpoint({
    method: "get",
    path: "/mcp/servers/{serverId}",
    operationId: "getMcpServer",
    tag,
    summary: "Get an MCP server",
    scope: "mcp:read",
    params,
    success: { status: 200, description: "The server", data: dataOf(ServerSchema) },
    handle: async ({ input }) => ({ data: { data: toServer(findServer(input.params.serverId)) } }),
  }),
  defineEndpoint({
    method: "get",
    path: "/mcp/servers/{serverId}/tools",
    operationId: "listMcpTools",
    tag,
    summary: "List a server's tools and their parameters",
    scope: "mcp:read",
    params,
    query: PagingQuery,
    success: { status: 200, description: "A page of tools", data: ToolSchema, list: true },
    handle: async ({ input }) => pageOf(findServer(input.params.serverId).tools.map(toTool), input.query),
  }),
  defineEndpoint({
    method: "post",
    path: "/mcp/tools/call",
    operationId: "callMcpTool",
    tag,
    summary: "Call a tool",
    description:
      "Counts one call of the workspace's monthly MCP allowance. The key needs the tool's own scope as well, and may use only its own websites. What a tool refuses is named as `arguments.<field>`.",
    scope: "mcp:write",
    metrics: { mcp_calls: 1 },
    limitedBeyond: true,
    body: ToolCallSchema,
    success: { status: 200, description: "What the tool gave back", data: ToolResultSchema },
    errors: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ ctx, input }) => ({ data: { result: await callTool({ ctx, input: input.body }) } }),
  }),
  defineEndpoint({
    method: "get",
    path: "/mcp/resources/{uri}",
    operationId: "getMcpResource",
    tag,
    summary: "Read a resource",
    description:
      "`sites/{siteId}` or `sites/{siteId}/pages/{pageId}`; slashes may be sent as they are or URL-encoded. The key needs `sites:read` or `pages:read` as well.",
    scope: "mcp:read",
    params: z.object({ uri: z.string().meta({ example: "sites/site_01KAGW6PSZ0000000000000000" }) }),
    restParam: true,
    success: { status: 200, description: "The resource", data: dataOf(ResourceSchema) },
    authorise: (ctx, { uri }) => authoriseResource(ctx, uri),
    handle: async ({ ctx, input }) => ({
      data: { data: toResource(await readResource({ ctx, input: input.params })) },
    }),
  }),
];

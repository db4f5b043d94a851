import { z } from "@hono/zod-openapi";
import { usageOf } from "../../content/usage/service.ts";
import { defineTool } from "../tool.ts";

export const getUsageTool = defineTool({
  name: "get_usage",
  description: "Get this month's API calls, MCP calls and AI tokens of the workspace, with what is left of each.",
  scope: null,
  input: z.strictObject({}),
  handle: ({ ctx }) => usageOf({ ctx }),
});

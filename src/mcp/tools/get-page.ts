import { z } from "@hono/zod-openapi";
import { getPage } from "../../content/pages/service/find.ts";
import { pageId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getPageTool = defineTool({
  name: "get_page",
  description: "Get one page with its blocks, SEO data, navigation entry and timestamps.",
  scope: "pages:read",
  input: z.strictObject({ siteId, pageId }),
  handle: ({ ctx, input }) => getPage({ ctx, input }),
});

import { z } from "@hono/zod-openapi";
import { createPage } from "../../content/pages/service/create.ts";
import { siteId } from "../fields.ts";
import { newPageFields } from "../page-fields.ts";
import { defineTool } from "../tool.ts";

export const createPageTool = defineTool({
  name: "create_page",
  description: "Create a page, as a draft unless told otherwise. Without a slug one is made from the title.",
  scope: "pages:write",
  input: z.strictObject({ siteId, ...newPageFields }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...page } = input;
    return createPage({ ctx, input: { siteId: site, page } });
  },
});

import { z } from "@hono/zod-openapi";
import { deletePage } from "../../content/pages/service/delete.ts";
import { pageId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const deletePageTool = defineTool({
  name: "delete_page",
  description:
    "Delete a page. Pages below it move up to its parent; the oldest translation becomes the original of the others. For 30 days it can be restored from the trash.",
  scope: "pages:write",
  input: z.strictObject({ siteId, pageId }),
  handle: async ({ ctx, input }) => {
    await deletePage({ ctx, input: { ...input, expectedVersions: null } });
    return { deleted: true, id: input.pageId };
  },
});

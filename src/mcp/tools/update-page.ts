import { z } from "@hono/zod-openapi";
import { updatePage } from "../../content/pages/service/update.ts";
import { expectedVersion, namesChange, pageId, siteId, versionsOf } from "../fields.ts";
import { changedPageFields } from "../page-fields.ts";
import { defineTool } from "../tool.ts";

export const updatePageTool = defineTool({
  name: "update_page",
  description: "Change the named fields of a page; the others stay. `blocks` replaces all blocks.",
  scope: "pages:write",
  input: z
    .strictObject({ siteId, pageId, expectedVersion: expectedVersion("page", "get_page"), ...changedPageFields })
    .refine(namesChange("pageId"), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, pageId: page, expectedVersion: expected, ...changes } = input;
    return updatePage({ ctx, input: { siteId: site, pageId: page, changes, expectedVersions: versionsOf(expected) } });
  },
});

import { z } from "@hono/zod-openapi";
import { updatePage } from "../../content/pages/service/update.ts";
import { pageId, siteId } from "../fields.ts";
import { changedPageFields } from "../page-fields.ts";
import { defineTool } from "../tool.ts";

/** The arguments that say which page, not what becomes of it. */
const ADDRESS = ["siteId", "pageId", "expectedVersion"];

export const updatePageTool = defineTool({
  name: "update_page",
  description: "Change the named fields of a page; the others stay. `blocks` replaces all blocks.",
  scope: "pages:write",
  input: z
    .strictObject({
      siteId,
      pageId,
      expectedVersion: z
        .int("must be a whole number")
        .min(1, "must be at least 1")
        .optional()
        .describe("Change the page only if it is still at this version, as get_page gave it"),
      ...changedPageFields,
    })
    .refine((value) => Object.keys(value).some((name) => !ADDRESS.includes(name)), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, pageId: page, expectedVersion, ...changes } = input;
    const expectedVersions = expectedVersion === undefined ? null : [expectedVersion];
    return updatePage({ ctx, input: { siteId: site, pageId: page, changes, expectedVersions } });
  },
});

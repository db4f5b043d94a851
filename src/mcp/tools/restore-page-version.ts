import { z } from "@hono/zod-openapi";
import { restorePageVersion } from "../../content/pages/service/restore.ts";
import { SlugSchema } from "../../core/fields.ts";
import { pageId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const restorePageVersionTool = defineTool({
  name: "restore_page_version",
  description:
    "Give a page back what an earlier version had, as a new version: undoes changes, and can be undone itself.",
  scope: "pages:write",
  input: z.strictObject({
    siteId,
    pageId,
    version: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .describe("The version to restore, as list_page_versions gives it"),
    slug: SlugSchema.optional().describe("Another slug, where the version's is taken by another page now"),
    expectedVersion: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .optional()
      .describe("Restore only if the page is still at this version, as get_page gave it"),
  }),
  handle: ({ ctx, input }) => {
    const { siteId: site, pageId: id, version, slug, expectedVersion } = input;
    const changes = slug === undefined ? {} : { slug };
    const expectedVersions = expectedVersion === undefined ? null : [expectedVersion];
    return restorePageVersion({ ctx, input: { siteId: site, id, version, changes, expectedVersions } });
  },
});

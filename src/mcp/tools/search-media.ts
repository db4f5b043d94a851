import { z } from "@hono/zod-openapi";
import type { ListMediaQuery } from "../../content/media/contract.ts";
import { MEDIA } from "../../content/media/resource.ts";
import { MEDIA_TYPES } from "../../content/media/table.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const searchMediaTool = defineTool({
  name: "search_media",
  description:
    "Find pictures, videos and documents of a website, the newest first. Their url is what blocks and rich text refer to.",
  scope: "media:read",
  input: z.strictObject({
    siteId,
    ...paging,
    q: search.describe("Only files whose name, alternative text or folder contains this"),
    type: z
      .enum(MEDIA_TYPES, `must be one of ${MEDIA_TYPES.join(", ")}`)
      .optional()
      .describe("Only files of this kind: image, video or document"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, q, ...rest } = input;
    const query = { ...rest, search: q, direction: "desc" } as z.output<typeof ListMediaQuery>;
    const { items, pagination } = await MEDIA.verbs.list({ ctx, input: { siteId: site, query } });
    return { media: items, pagination };
  },
});

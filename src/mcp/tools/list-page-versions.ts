import { z } from "@hono/zod-openapi";
import { findPage } from "../../content/pages/service/find.ts";
import { toVersion } from "../../content/versions/contract.ts";
import { listVersions } from "../../content/versions/service.ts";
import { pageId, paging, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listPageVersionsTool = defineTool({
  name: "list_page_versions",
  description: "List the earlier versions of a page, newest first: who made each, when, and which fields it changed.",
  scope: "pages:read",
  input: z.strictObject({ siteId, pageId, ...paging }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, pageId: page, cursor, limit } = input;
    const query = { limit, direction: "desc" as const, ...(cursor !== undefined && { cursor }) };
    const { items, pagination } = await listVersions(ctx, await findPage(ctx, site, page), query);
    return { versions: items.map((it) => toVersion(ctx, "page", it)), pagination };
  },
});

import { z } from "@hono/zod-openapi";
import type { ListPagesQuery } from "../../content/pages/contract.ts";
import { listPages } from "../../content/pages/service/list.ts";
import { LocaleSchema } from "../../core/fields.ts";
import { paging, search, siteId, statusFilter, statusOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listPagesTool = defineTool({
  name: "list_pages",
  description: "List the pages of a website, most recently changed first.",
  scope: "pages:read",
  input: z.strictObject({
    siteId,
    ...paging,
    status: statusFilter.default("all").describe("Only pages in this state"),
    search: search.describe("Only pages in which every one of these words occurs, in the title or the blocks"),
    locale: LocaleSchema.optional().describe("Only pages in this language, e.g. en or de-AT"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, status, ...rest } = input;
    const query = { ...rest, status: statusOf(status), direction: "desc" as const } as z.output<typeof ListPagesQuery>;
    const { items, pagination } = await listPages({ ctx, input: { siteId: site, query } });
    return { pages: items, pagination };
  },
});

import { z } from "@hono/zod-openapi";
import type { ListSitesQuery } from "../../content/sites/contract.ts";
import { listSites } from "../../content/sites/service.ts";
import { paging, search, statusFilter, statusOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listSitesTool = defineTool({
  name: "list_sites",
  description: "List the websites this key may use, most recently changed first.",
  scope: "sites:read",
  input: z.strictObject({
    ...paging,
    status: statusFilter.default("all").describe("Only websites in this state"),
    search: search.describe("Only websites whose name, slug or domain contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const query = { ...input, status: statusOf(input.status), direction: "desc" as const };
    const { items, pagination } = await listSites({ ctx, input: query as z.output<typeof ListSitesQuery> });
    return { sites: items, pagination };
  },
});

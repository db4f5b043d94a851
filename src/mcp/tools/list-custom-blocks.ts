import { z } from "@hono/zod-openapi";
import type { ListCustomBlocksQuery } from "../../content/blocks/custom/contract.ts";
import { CUSTOM_BLOCKS } from "../../content/blocks/custom/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listCustomBlocksTool = defineTool({
  name: "list_custom_blocks",
  description:
    "List the blocks a website has put together itself. A page uses one as a block of the type custom:{id}, with its properties as props.",
  scope: "pages:read",
  input: z.strictObject({
    siteId,
    ...paging,
    search: search.describe("Only blocks whose label or description contains this text"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListCustomBlocksQuery>;
    const { items, pagination } = await CUSTOM_BLOCKS.verbs.list({ ctx, input: { siteId: site, query } });
    return { custom_blocks: items, pagination };
  },
});

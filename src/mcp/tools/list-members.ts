import { z } from "@hono/zod-openapi";
import type { ListMembersQuery } from "../../content/loyalty/members/contract.ts";
import { MEMBERS } from "../../content/loyalty/members/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listMembersTool = defineTool({
  name: "list_members",
  operation: "listLoyaltyMembers",
  description: "List the members of a website's loyalty programme, the newest first, with their points and tiers.",
  scope: "loyalty:read",
  input: z.strictObject({
    siteId,
    ...paging,
    search: search.describe("Only members whose name or e-mail contains this"),
    tier: search.describe("Only members of the tier of this name"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListMembersQuery>;
    const { items, pagination } = await MEMBERS.verbs.list({ ctx, input: { siteId: site, query } });
    return { members: items, pagination };
  },
});

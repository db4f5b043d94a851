import { z } from "@hono/zod-openapi";
import type { ListRewardsQuery } from "../../content/loyalty/rewards/contract.ts";
import { REWARDS } from "../../content/loyalty/rewards/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listRewardsTool = defineTool({
  name: "list_rewards",
  description: "List what members can redeem their points for, the newest first: what it costs and how many are left.",
  scope: "loyalty:read",
  input: z.strictObject({
    siteId,
    ...paging,
    active: z
      .enum(["true", "false"], "must be true or false")
      .optional()
      .describe("true: only rewards that can be redeemed; false: only those that cannot"),
    search: search.describe("Only rewards whose title or description contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListRewardsQuery>;
    const { items, pagination } = await REWARDS.verbs.list({ ctx, input: { siteId: site, query } });
    return { rewards: items, pagination };
  },
});

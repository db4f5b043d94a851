import { z } from "@hono/zod-openapi";
import { redeemReward } from "../../content/loyalty/redemptions/redeem.ts";
import { memberId, rewardId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const redeemRewardTool = defineTool({
  name: "redeem_reward",
  description: "Redeem a reward for a member: takes its cost off the points and one off its stock, and answers a code.",
  scope: "loyalty:write",
  input: z.strictObject({ siteId, memberId, rewardId }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return redeemReward({ ctx, input: { siteId: site, body } });
  },
});

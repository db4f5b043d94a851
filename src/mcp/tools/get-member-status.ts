import { z } from "@hono/zod-openapi";
import { MEMBERS } from "../../content/loyalty/members/resource.ts";
import { memberId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getMemberStatusTool = defineTool({
  name: "get_member_status",
  operation: "getLoyaltyMember",
  description:
    "Get how many points a member of the loyalty programme has to spend, how many are still to come, and the tier reached.",
  scope: "loyalty:read",
  input: z.strictObject({ siteId, memberId }),
  handle: ({ ctx, input }) => MEMBERS.verbs.get({ ctx, input: { siteId: input.siteId, id: input.memberId } }),
});

import { z } from "@hono/zod-openapi";
import type { ListCampaignsQuery } from "../../content/push/campaigns/contract.ts";
import { CAMPAIGNS } from "../../content/push/campaigns/resource.ts";
import { CAMPAIGN_STATUSES } from "../../content/push/campaigns/table.ts";
import { paging, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listCampaignsTool = defineTool({
  name: "list_campaigns",
  description: "List the campaigns of a website, the newest first, each with how many it has reached.",
  scope: "push:write",
  input: z.strictObject({
    siteId,
    ...paging,
    status: z
      .enum(CAMPAIGN_STATUSES, `must be one of ${CAMPAIGN_STATUSES.join(", ")}`)
      .optional()
      .describe("Only campaigns of this status"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListCampaignsQuery>;
    const { items, pagination } = await CAMPAIGNS.verbs.list({ ctx, input: { siteId: site, query } });
    return { campaigns: items, pagination };
  },
});

import { z } from "@hono/zod-openapi";
import { CampaignBodies } from "../../content/push/campaigns/contract.ts";
import { CAMPAIGNS } from "../../content/push/campaigns/resource.ts";
import { described } from "../described.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const WORDS = {
  channel: "web_push or email",
  title: "Title of the notification, or subject of the mail",
  body: "What it says; of a notification a few lines",
  html: "The mail as HTML, beside the text; of email only",
  url: "Where a click on the notification leads: a path of the website, or an address",
  icon: "Address of a picture beside the notification",
  audience: "{ topics, locale }: whom it is for; everybody who has subscribed when left out",
  ttlSeconds: "How long push services keep it for browsers that are off",
  urgency: "very-low, low, normal or high",
  topic: "Replaces a notification of the same topic that has not been shown yet",
  scheduledAt: "When it is sent: ISO 8601",
  status: "draft unless told otherwise; scheduled with scheduledAt; sending sends it to everybody at once",
};

export const createCampaignTool = defineTool({
  name: "create_campaign",
  description:
    "Write a campaign to those who have subscribed to a website's notifications or mails. It stays a draft, which a person can look at and send, unless status says otherwise.",
  scope: "push:write",
  input: z.strictObject({ siteId, ...described(CampaignBodies.create.shape, WORDS) }),
  handle: ({ ctx, input }) => {
    const { siteId: site, status = "draft" as const, ...fields } = input;
    const body = { ...fields, status } as z.output<typeof CampaignBodies.create>;
    return CAMPAIGNS.verbs.create({ ctx, input: { siteId: site, body } });
  },
});

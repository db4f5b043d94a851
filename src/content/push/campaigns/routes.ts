import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { versioned } from "../../replies.ts";
import { PUSH } from "../push.ts";
import { cancelCampaign } from "./cancel.ts";
import { CampaignSchema, ListRecipientsQuery, RecipientSchema } from "./contract.ts";
import { listRecipients } from "./recipients.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const { tag, integrations, scopes } = PUSH;
const CampaignParams = pathParams("siteId", "campaignId");

export const campaignRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/push/campaigns/{campaignId}/cancel",
    operationId: "cancelCampaign",
    tag,
    summary: "Cancel a campaign",
    description:
      "Stops what has not gone, and answers how many went: `sent` of `recipients`. A handful that is being sent at that moment still goes. One that is over is left as it is: 409.",
    integrations,
    scope: scopes.write,
    params: CampaignParams,
    errors: ["conflict"],
    success: { status: 200, description: "The cancelled campaign", data: CampaignSchema },
    handle: async ({ ctx, input: { params } }) => versioned(await cancelCampaign({ ctx, input: params })),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/push/campaigns/{campaignId}/recipients",
    operationId: "listCampaignRecipients",
    tag,
    summary: "List a campaign's recipients",
    description: "What became of each, by the ids of their subscriptions. Who they are is not said.",
    integrations,
    scope: scopes.read,
    params: CampaignParams,
    query: ListRecipientsQuery,
    success: { status: 200, description: "A page of recipients", data: RecipientSchema, list: true },
    handle: async ({ ctx, input: { params, query } }) => ({
      page: await listRecipients({ ctx, input: { ...params, query } }),
    }),
  }),
];

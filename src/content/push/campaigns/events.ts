import { defineEvents } from "../../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../../core/events/sample.ts";
import { timestamp } from "../../../core/fields.ts";
import { PUSH } from "../push.ts";
import { CAMPAIGN_SAMPLE, SENT } from "./resource.ts";

/** What is told once a campaign has been sent, to those who may read campaigns: its figures are those of its end. */
export const PUSH_EVENTS = defineEvents({
  noun: "push",
  scope: PUSH.scopes.read,
  integrations: PUSH.integrations,
  readAt: ["/v1/sites/{siteId}/push/campaigns", "/v1/sites/{siteId}/push/campaigns/{campaignId}"],
  sample: {
    id: sampleId("camp"),
    siteId: sampleId("site"),
    ...CAMPAIGN_SAMPLE,
    ...SENT,
    createdAt: timestamp(SAMPLE_AT),
    updatedAt: timestamp(SAMPLE_AT),
  },
  verbs: { sent: {} },
});

import { sampleId } from "../../../core/events/sample.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { PUSH } from "../push.ts";
import { begin } from "./begin.ts";
import { requireChannel } from "./channel-access.ts";
import { CampaignBodies, CampaignSchema, ListCampaignsQuery } from "./contract.ts";
import { asCopied, requireSendable, requireUnaddressed, requireUnsent, statusOf, UNSENT } from "./rules.ts";
import { CAMPAIGN_STATUSES, campaigns } from "./table.ts";

const SAMPLE = {
  channel: "web_push" as const,
  status: "draft" as const,
  title: "Fresh rye",
  body: "Out of the oven at eight.",
  html: null,
  url: "/",
  icon: null,
  audience: { topics: ["news"], locale: null },
  ttlSeconds: 259_200,
  urgency: "normal" as const,
  topic: null,
  scheduledAt: null,
  startedAt: null,
  finishedAt: null,
  jobId: null,
  ...{ recipients: 0, queued: 0, sent: 0, failed: 0, gone: 0, unconfirmed: 0, suppressed: 0 },
};

const AT = "2026-01-15T10:30:00.000Z";

const BEGUN = { jobId: sampleId("job"), startedAt: AT, recipients: 1_250 };

/** What a campaign that was sent differs in from one that was made. */
export const SENT = {
  ...BEGUN,
  ...{ status: "sent" as const, finishedAt: AT, sent: 1_238, failed: 2, gone: 10, version: 45 },
};

const CANCELLED = {
  ...BEGUN,
  ...{ status: "cancelled" as const, finishedAt: AT, sent: 400, queued: 850, version: 16 },
};

export const CAMPAIGN_SAMPLE = SAMPLE;

/** Campaigns that anybody was to be sent are kept. What is not wanted any more is cancelled. */
export const CAMPAIGNS = siteResource({
  ...PUSH,
  name: "campaign",
  label: "Campaign",
  path: "/push/campaigns",
  idPrefix: "camp",
  table: campaigns,
  schema: CampaignSchema,
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { title: "Fresh rye and rolls", version: 2 }, deleted: {} },
    turns: { cancelled: { sample: CANCELLED, isNow: ({ status }) => status === "cancelled" } },
  },
  list: {
    query: ListCampaignsQuery,
    orders: { createdAt: campaigns.createdAt, updatedAt: campaigns.updatedAt },
    state: byStatus(campaigns.status, CAMPAIGN_STATUSES),
    search: [campaigns.title],
  },
  create: {
    schema: CampaignBodies.create,
    description:
      "Sent at once, unless `status` is `draft` or it has a `scheduledAt`. Whom it is for is decided when it begins. A campaign of a sandbox is sent to nobody: it counts whom it would have gone to.",
    errors: ["conflict"],
    columns: ({ ctx, id, site, body }) => {
      const { status: wished, ...filled } = CampaignBodies.fill(body);
      requireChannel(ctx, filled.channel);
      const status = statusOf(ctx, { status: wished, scheduledAt: filled.scheduledAt });
      const unsent = { ...UNSENT, ...filled, status, origin: ctx.origin };
      return status === "sending" ? { ...unsent, ...begin(ctx, { id, siteId: site.id }) } : unsent;
    },
  },
  update: {
    schema: CampaignBodies.update,
    description: "Until it is sent. `status` sends it, schedules it, or makes it a draft again.",
    errors: ["conflict"],
    columns: ({ ctx, before, changes }) => {
      requireUnsent(before);
      requireChannel(ctx, before.channel);
      if (changes.channel) requireChannel(ctx, changes.channel);
      const wished = changes.status ?? before.status;
      const own = { ...changes, ...(wished === "sending" && { scheduledAt: changes.scheduledAt ?? null }) };
      const { scheduledAt = before.scheduledAt } = own;
      const status = statusOf(ctx, { status: wished, scheduledAt });
      return { ...own, status, ...(status === "sending" && begin(ctx, before)) };
    },
  },
  check: ({ row }) => requireSendable(row),
  remove: {
    errors: ["conflict"],
    description: "A draft, or one that was cancelled before it was for anybody. All others are kept: 409.",
  },
  beside({ verb, row }) {
    if (verb === "deleted") requireUnaddressed(row);
  },
  archived: { fromEarlier: asCopied, made: (_, { origin }) => ({ origin }) },
});

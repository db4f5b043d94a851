import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, LocaleSchema, MomentOrNullSchema, text, TimestampSchema, UrlSchema } from "../../../core/fields.ts";
import { URGENCIES } from "../../../push/message.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { TopicsSchema } from "../subscriptions/contract.ts";
import { CAMPAIGN_STATUSES, CHANNEL_NAMES, RECIPIENT_STATUSES } from "./table.ts";

const ChannelSchema = z
  .enum(CHANNEL_NAMES, `must be one of ${CHANNEL_NAMES.join(", ")}`)
  .meta({ description: "How it is sent" });

const StatusSchema = z.enum(CAMPAIGN_STATUSES, `must be one of ${CAMPAIGN_STATUSES.join(", ")}`);

/** What a caller may ask a campaign to be. */
const WishedSchema = z.enum(["draft", "scheduled", "sending"], "must be draft, scheduled or sending").meta({
  description: "`sending` sends it at once, `scheduled` at `scheduledAt`",
});

/** Four weeks: push services keep nothing for longer. */
const MAX_TTL_SECONDS = 2_419_200;
/** Three days: news is old after that. */
export const TTL_SECONDS = 259_200;

const AudienceSchema = z
  .strictObject({
    topics: TopicsSchema.default([]).register(z.globalRegistry, {
      description: "Who wants any of these topics, or named none when they subscribed; none for everybody",
    }),
    locale: LocaleSchema.nullable().default(null).meta({
      description:
        "Who reads this language: `de` is also `de-AT`, and who has none reads the website's own; null for everybody",
    }),
  })
  .openapi("CampaignAudience");

const fields = {
  channel: ChannelSchema,
  title: line(200).meta({
    description: "The title of the notification, or the subject of the mail",
    example: "Fresh rye",
  }),
  body: text(20_000)
    .min(1, "must not be empty")
    .meta({ description: "The text; of a notification a few lines, since all of it has 3,000 bytes at most" }),
  html: text(200_000)
    .nullable()
    .register(z.globalRegistry, { description: "The mail as HTML, beside the text; of `email` only" }),
  url: UrlSchema.nullable().register(z.globalRegistry, { description: "Where a click on the notification leads" }),
  icon: UrlSchema.nullable().register(z.globalRegistry, { description: "A picture beside the notification" }),
  audience: AudienceSchema,
  ttlSeconds: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(MAX_TTL_SECONDS, `must be at most ${MAX_TTL_SECONDS}`)
    .meta({ description: "How long push services keep it for browsers that are off" }),
  urgency: z.enum(URGENCIES, `must be one of ${URGENCIES.join(", ")}`).meta({
    description: "Whether a device is to be woken for it",
  }),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/, "must have 1 to 32 letters, digits, hyphens and underscores")
    .nullable()
    .register(z.globalRegistry, {
      description: "Replaces a notification of the same topic that has not been shown yet",
    }),
  scheduledAt: MomentOrNullSchema.meta({ description: "When it is sent" }),
  status: WishedSchema,
};

const count = (description: string) => z.int().meta({ description });

export const CampaignSchema = itemSchema("Campaign", "camp_01KAGW6PSZ0000000000000000", {
  ...fields,
  status: StatusSchema,
  scheduledAt: TimestampSchema.nullable(),
  startedAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When its recipients were looked up",
  }),
  finishedAt: TimestampSchema.nullable().register(z.globalRegistry, { description: "When it ended, however it did" }),
  jobId: z.string().nullable().register(z.globalRegistry, { description: "The job that sends it" }),
  recipients: count("Whom it is for, as far as they have been looked up"),
  queued: count("Those it has still to reach; of one that was cancelled, those it never will"),
  sent: count("Those it was handed over for: push services and mail servers have it"),
  failed: count("Those it could not be sent to"),
  gone: count("Those who had left by then, and are removed"),
  unconfirmed: count("Those it may or may not have reached: it is not sent to them again"),
  suppressed: count("Those it would have gone to, had it not been of a sandbox"),
});

export const CampaignBodies = bodiesOf({
  label: "Campaign",
  fields,
  defaults: {
    channel: "web_push",
    html: null,
    url: null,
    icon: null,
    audience: { topics: [], locale: null },
    ttlSeconds: TTL_SECONDS,
    urgency: "normal",
    topic: null,
    scheduledAt: null,
  },
  made: ["status"],
  examples: {
    create: { title: "Fresh rye", body: "Out of the oven at eight.", url: "/", status: "draft" },
    update: { title: "Fresh rye and rolls" },
  },
});

export const ListCampaignsQuery = listQuery(["createdAt", "updatedAt"], {
  status: StatusSchema.optional(),
  search: SearchSchema.optional(),
});

export const RecipientSchema = z
  .object({
    id: z.string().meta({ description: "The id of the subscription", example: "psub_01KAGW6PSZ0000000000000000" }),
    status: z.enum(RECIPIENT_STATUSES).meta({ description: "What became of it" }),
    attempts: z.int().meta({ description: "How often it was tried" }),
    at: TimestampSchema.meta({ description: "When its status became what it is, or when it is tried again" }),
    error: z.string().nullable().register(z.globalRegistry, { description: "What went wrong; null for nothing" }),
  })
  .openapi("CampaignRecipient");

const RecipientStatusSchema = z.enum(RECIPIENT_STATUSES, `must be one of ${RECIPIENT_STATUSES.join(", ")}`);

export const ListRecipientsQuery = listQuery(["id"], {
  status: RecipientStatusSchema.optional().register(z.globalRegistry, { description: "Only those it became so of" }),
});

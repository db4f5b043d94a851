import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../../core/storage/tables.ts";
import type { Urgency } from "../../../push/message.ts";
import { itemColumns } from "../../resource/columns.ts";

export const CHANNEL_NAMES = ["web_push", "email"] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

export const CAMPAIGN_STATUSES = ["draft", "scheduled", "sending", "sent", "cancelled", "failed"] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** Whom a campaign is for: those who want one of these topics, in this language; everybody where neither is named. */
export interface Audience {
  topics: string[];
  locale: string | null;
}

/**
 * One message to many. Its figures are kept by the statements that write its recipients: those queued, and those done
 * with in each way, are all there are.
 */
export const campaigns = sqliteTable(
  "push_campaigns",
  {
    ...itemColumns,
    channel: text("channel").$type<ChannelName>().notNull(),
    status: text("status").$type<CampaignStatus>().notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    html: text("html"),
    url: text("url"),
    icon: text("icon"),
    audience: text("audience", { mode: "json" }).$type<Audience>().notNull(),
    ttlSeconds: integer("ttl_seconds").notNull(),
    urgency: text("urgency").$type<Urgency>().notNull(),
    topic: text("topic"),
    scheduledAt: integer("scheduled_at"),
    startedAt: integer("started_at"),
    finishedAt: integer("finished_at"),
    /** Where we were reached when it was written: what links in mails begin with, of sites without a domain of their own. */
    origin: text("origin").notNull(),
    /** The job that sends it, once it is sent. */
    jobId: text("job_id"),
    recipients: integer("recipient_count").notNull(),
    queued: integer("queued_count").notNull(),
    sent: integer("sent_count").notNull(),
    failed: integer("failed_count").notNull(),
    gone: integer("gone_count").notNull(),
    unconfirmed: integer("unconfirmed_count").notNull(),
    suppressed: integer("suppressed_count").notNull(),
  },
  (table) => [
    index("push_campaigns_by_creation").on(table.siteId, table.createdAt, table.id),
    index("push_campaigns_by_update").on(table.siteId, table.updatedAt, table.id),
    index("push_campaigns_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    index("push_campaigns_due").on(table.scheduledAt).where(sql`${table.status} = 'scheduled'`),
    index("push_campaigns_due_in_workspace")
      .on(table.workspaceId, table.environment, table.scheduledAt)
      .where(sql`${table.status} = 'scheduled'`),
  ],
);

export type CampaignRow = typeof campaigns.$inferSelect;

export const RECIPIENT_STATUSES = [
  "queued",
  "retrying",
  "sending",
  "sent",
  "failed",
  "gone",
  "unconfirmed",
  "suppressed",
] as const;
export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

/**
 * One of those a campaign is for, as they were when it began. The primary key is what keeps anybody from being written to
 * twice; where they are reached is looked up when it is their turn, so that who has left by then is left alone.
 */
export const campaignRecipients = sqliteTable(
  "push_recipients",
  {
    campaignId: text("campaign_id").notNull(),
    /** The id of the subscription, or of the e-mail subscriber. */
    subscriberId: text("subscriber_id").notNull(),
    ...tenantColumns,
    status: text("status").$type<RecipientStatus>().notNull(),
    /** How often it was tried. */
    attempts: integer("attempts").notNull(),
    /** The try that is under way. */
    tryId: text("try_id"),
    /** When its status became what it is; of one that is tried again, when that is due. */
    at: integer("status_at").notNull(),
    error: text("error"),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.subscriberId] }),
    index("push_recipients_by_status").on(table.campaignId, table.status, table.subscriberId),
  ],
);

export type RecipientRow = typeof campaignRecipients.$inferSelect;

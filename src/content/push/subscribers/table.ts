import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { itemColumns } from "../../resource/columns.ts";

export const SUBSCRIBER_STATUSES = ["pending", "active", "unsubscribed", "bounced"] as const;
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number];

/** Somebody who wants a website's news by e-mail, or has said so and is still to confirm it. */
export const subscribers = sqliteTable(
  "mail_subscribers",
  {
    ...itemColumns,
    /** In lower case; one subscriber a site. */
    email: text("email").notNull(),
    status: text("status").$type<SubscriberStatus>().notNull(),
    /** What is wanted; none stands for what goes to everybody. */
    topics: text("topics", { mode: "json" }).$type<string[]>().notNull(),
    /** The language of the page it was asked for on; `null` where nobody has said. */
    locale: text("locale"),
    /** Where it was asked for: `form`, or `api`. */
    source: text("source").$type<"form" | "api">().notNull(),
    /** When the owner of the address has agreed: confirmed it by the mail, or what an importer knows. */
    consentAt: integer("consent_at"),
    unsubscribedAt: integer("unsubscribed_at"),
    /** When it was asked for that is to be confirmed: links of earlier times confirm nothing. */
    askedAt: integer("asked_at").notNull(),
    /** When the last mail for that was sent. */
    remindedAt: integer("reminded_at"),
  },
  (table) => [
    uniqueIndex("mail_subscribers_email").on(table.siteId, table.email),
    index("mail_subscribers_by_email").on(table.siteId, foldedText(table.folded, table.email)),
    index("mail_subscribers_by_creation").on(table.siteId, table.createdAt, table.id),
    index("mail_subscribers_by_update").on(table.siteId, table.updatedAt, table.id),
    index("mail_subscribers_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    // Campaigns go through them in this order.
    index("mail_subscribers_audience").on(table.siteId, table.id).where(sql`${table.status} = 'active'`),
    index("mail_subscribers_unconfirmed").on(table.askedAt).where(sql`${table.status} = 'pending'`),
  ],
);

export type SubscriberRow = typeof subscribers.$inferSelect;

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedColumn, foldedText } from "../core/storage/folded.ts";
import { changeColumn } from "../core/storage/history/table.ts";
import { tenantColumns } from "../core/storage/tables.ts";
import type { MailContent } from "./mail.ts";

export const MAIL_STATUSES = ["queued", "sent", "failed", "suppressed"] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/**
 * Mails on their way, and for a while what became of them. Recipient and content are dropped with the last attempt. Whoever
 * takes a mail works on it until `dueAt`; should he die, it is due again then.
 */
export const mails = sqliteTable(
  "mails",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    kind: text("kind").notNull(),
    status: text("status").$type<MailStatus>().notNull(),
    /** Why it was not sent, or not yet; `null` for nothing to say. */
    reason: text("reason"),
    recipient: text("recipient"),
    /** A keyed hash of the recipient's address, by which a bounce finds its mail; `null` while it is on its way. */
    recipientHash: text("recipient_hash"),
    subject: text("subject").notNull(),
    content: text("content", { mode: "json" }).$type<MailContent>(),
    /** How often sending it was begun. */
    attempts: integer("attempts").notNull(),
    leaseId: text("lease_id"),
    /** When somebody may take it next; `null` once nothing is left to do. */
    dueAt: integer("due_at"),
    /** What the provider calls it. */
    providerId: text("provider_id"),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (table) => [
    index("mails_due").on(table.dueAt).where(sql`${table.dueAt} IS NOT NULL`),
    index("mails_due_in_workspace")
      .on(table.workspaceId, table.environment, table.dueAt)
      .where(sql`${table.dueAt} IS NOT NULL`),
    index("mails_finished").on(table.finishedAt).where(sql`${table.finishedAt} IS NOT NULL`),
    index("mails_by_provider").on(table.providerId).where(sql`${table.providerId} IS NOT NULL`),
    index("mails_by_recipient")
      .on(table.recipientHash, table.finishedAt)
      .where(sql`${table.recipientHash} IS NOT NULL`),
  ],
);

export type MailRow = typeof mails.$inferSelect;

export const SUPPRESSION_REASONS = ["bounce", "complaint", "unsubscribe", "manual"] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** Addresses a site sends nothing to; with `unsubscribe`, no campaigns. */
export const suppressions = sqliteTable(
  "mail_suppressions",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    ...foldedColumn,
    ...changeColumn,
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** In lower case. */
    email: text("email").notNull(),
    reason: text("reason").$type<SuppressionReason>().notNull(),
    /** What the mail server has said, or a note of the owner's. */
    detail: text("detail"),
  },
  (table) => [
    uniqueIndex("mail_suppressions_email").on(table.siteId, table.email),
    index("mail_suppressions_by_email").on(table.siteId, foldedText(table.folded, table.email)),
    index("mail_suppressions_by_reason").on(table.siteId, table.reason, table.createdAt, table.id),
    index("mail_suppressions_by_creation").on(table.siteId, table.createdAt, table.id),
    index("mail_suppressions_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

export type SuppressionRow = typeof suppressions.$inferSelect;

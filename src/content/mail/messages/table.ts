import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";
import type { MailStatus } from "../../../mail/table.ts";
import type { MessageChannel } from "../templates/table.ts";

/** One message to one person. What it says goes with its mail; this is what became of it. */
export const messages = sqliteTable(
  "messages",
  {
    ...itemColumns,
    channel: text("channel").$type<MessageChannel>().notNull(),
    /** Whom it is for. */
    to: text("recipient").notNull(),
    subject: text("subject").notNull(),
    templateId: text("template_id"),
    status: text("status").$type<MailStatus>().notNull(),
    /** Why it was not sent; `null` for nothing to say. */
    reason: text("reason"),
    attempts: integer("attempts").notNull(),
    mailId: text("mail_id"),
    finishedAt: integer("finished_at"),
  },
  (table) => [
    index("messages_by_creation").on(table.siteId, table.createdAt, table.id),
    index("messages_by_update").on(table.siteId, table.updatedAt, table.id),
    index("messages_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    index("messages_by_mail").on(table.mailId),
    index("messages_age").on(table.createdAt),
  ],
);

export type MessageRow = typeof messages.$inferSelect;

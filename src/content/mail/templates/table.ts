import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { itemColumns } from "../../resource/columns.ts";

export const MESSAGE_CHANNELS = ["email"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** The text of messages of one kind, with `{{variables}}` in it. */
export const messageTemplates = sqliteTable(
  "message_templates",
  {
    ...itemColumns,
    name: text("name").notNull(),
    channel: text("channel").$type<MessageChannel>().notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html"),
    /** The names that stand in it, in the order in which they first do. */
    variables: text("variables", { mode: "json" }).$type<string[]>().notNull(),
  },
  (table) => [
    uniqueIndex("message_templates_name").on(table.siteId, table.name),
    index("message_templates_by_creation").on(table.siteId, table.createdAt, table.id),
    index("message_templates_by_update").on(table.siteId, table.updatedAt, table.id),
    index("message_templates_by_name").on(table.siteId, foldedText(table.folded, table.name), table.id),
  ],
);

export type TemplateRow = typeof messageTemplates.$inferSelect;

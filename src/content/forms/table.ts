import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { FormField } from "../../rendering/forms/definition.ts";
import { itemColumns } from "../resource/columns.ts";

/** What a visitor is answered by mail, if the owner has it so. */
export interface AutoReply {
  subject: string;
  text: string;
}

/** Days that submissions are kept where nobody has said how long. */
export const KEPT_DAYS = 365;
export const MAX_KEPT_DAYS = 3_650;

/**
 * The forms of a site. Publishing and rolling back write what stands on its pages; what is to be done with submissions is
 * the owner's, and holds at once.
 */
export const forms = sqliteTable(
  "forms",
  {
    ...itemColumns,
    /** What its block calls it. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    /** Whether the live deployment has it. */
    published: integer("published", { mode: "boolean" }).notNull(),
    /** The page it stands on; of several, the first in the site's own language. */
    pageId: text("page_id").notNull(),
    /** As they were published last. */
    fields: text("fields", { mode: "json" }).$type<FormField[]>().notNull(),
    notifyTo: text("notify_to", { mode: "json" }).$type<string[]>().notNull(),
    autoReply: text("auto_reply", { mode: "json" }).$type<AutoReply>(),
    keptDays: integer("kept_days").notNull(),
  },
  (table) => [
    uniqueIndex("forms_key").on(table.siteId, table.key),
    index("forms_by_creation").on(table.siteId, table.createdAt, table.id),
    index("forms_by_update").on(table.siteId, table.updatedAt, table.id),
    index("forms_by_published").on(table.siteId, table.published, table.createdAt, table.id),
    check("forms_kept_days", sql.raw(`${table.keptDays.name} BETWEEN 1 AND ${MAX_KEPT_DAYS}`)),
  ],
);

export type FormRow = typeof forms.$inferSelect;

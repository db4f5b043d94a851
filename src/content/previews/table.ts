import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";

/** A link to a draft. Its secret is never here, only the SHA-256 of it. */
export const previews = sqliteTable(
  "previews",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    /** The page it is about; `null` for all that the next publish would show. */
    pageId: text("page_id"),
    label: text("label"),
    hash: text("hash").notNull().unique(),
    /** The key it ends with; `null` for one of ours. */
    keyId: integer("key_id"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    index("previews_by_creation").on(table.siteId, table.createdAt, table.id),
    index("previews_of_page").on(table.siteId, table.pageId, table.createdAt, table.id),
    index("previews_expired").on(table.expiresAt),
  ],
);

export type PreviewRow = typeof previews.$inferSelect;

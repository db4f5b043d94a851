import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../resource/columns.ts";

/** Statuses of HTTP a redirect may have: moved for good, found elsewhere for now, moved for good with the method kept. */
export const REDIRECT_STATUSES = [301, 302, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** Where a former address of a site leads. */
export const redirects = sqliteTable(
  "redirects",
  {
    ...itemColumns,
    /** As `pathKey` writes it. */
    from: text("from_path").notNull(),
    to: text("to_address").notNull(),
    /** The path of `to` as `pathKey` writes it; `null` where it leads to another host. */
    target: text("target_path"),
    status: integer("status").$type<RedirectStatus>().notNull(),
  },
  (table) => [
    uniqueIndex("redirects_from").on(table.siteId, table.from),
    index("redirects_target").on(table.siteId, table.target),
    index("redirects_by_creation").on(table.siteId, table.createdAt, table.id),
    index("redirects_by_update").on(table.siteId, table.updatedAt, table.id),
    check("redirects_lead_on", sql`${table.target} IS NULL OR ${table.target} <> ${table.from}`),
  ],
);

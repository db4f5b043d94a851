import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { itemColumns } from "../../resource/columns.ts";

/**
 * Somebody who collects points of a site. The figures follow from the ledger: `foldLedger` writes them with every entry, and
 * `membersNow` tells what time has made of them since.
 */
export const members = sqliteTable(
  "loyalty_members",
  {
    ...itemColumns,
    /** In small letters; one member a site. */
    email: text("email").notNull(),
    name: text("name"),
    /** What can be spent. */
    points: integer("points").notNull(),
    /** What was earned and cannot be spent yet. */
    pendingPoints: integer("pending_points").notNull(),
    /** What was ever earned, less what was reversed: spending and expiry do not count. */
    lifetimePoints: integer("lifetime_points").notNull(),
    /** The name of the highest tier that the lifetime points reach. */
    tier: text("tier"),
    /** How many entries of the ledger these figures hold. */
    entryCount: integer("entry_count").notNull(),
    /** When time changes the figures next: points become active, or expire. */
    changesAt: integer("changes_at"),
  },
  (table) => [
    uniqueIndex("loyalty_members_email").on(table.siteId, table.email),
    index("loyalty_members_by_email").on(table.siteId, foldedText(table.folded, table.email)),
    index("loyalty_members_by_creation").on(table.siteId, table.createdAt, table.id),
    index("loyalty_members_by_update").on(table.siteId, table.updatedAt, table.id),
    index("loyalty_members_by_lifetime").on(table.siteId, table.lifetimePoints, table.id),
    index("loyalty_members_due").on(table.changesAt).where(sql`${table.changesAt} IS NOT NULL`),
    check("loyalty_members_points", sql.raw(`${table.points.name} >= 0 AND ${table.pendingPoints.name} >= 0`)),
  ],
);

export type MemberRow = typeof members.$inferSelect;

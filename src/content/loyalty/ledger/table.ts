import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../../core/storage/tables.ts";

export const ENTRY_KINDS = ["earn", "redeem", "adjust", "expire", "reverse"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** How long after an order is completed its points are active, in days, and then expire, in months. */
export interface Terms {
  activeAfterDays: number;
  expiresAfterMonths: number | null;
}

/**
 * The ledger: what a member's points came from and went to, one row each. An entry that gives points is a lot too: the
 * points of it that are left are spent by when they expire, the first first. So of each member, at any time, the sum of
 * `points` is the sum of `remaining`. Nothing but `remaining`, `reversed` and, once, `activeAt` and `expiresAt` of a lot
 * that waited ever changes.
 */
export const entries = sqliteTable(
  "loyalty_entries",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    memberId: text("member_id").notNull(),
    /** Counts the member's entries. */
    number: integer("number").notNull(),
    kind: text("kind").$type<EntryKind>().notNull(),
    points: integer("points").notNull(),
    /** The sum of the member's entries up to this one. */
    balanceAfter: integer("balance_after").notNull(),
    /** What it changes of the member's lifetime points. */
    lifetime: integer("lifetime").notNull(),
    description: text("description").notNull(),
    orderId: text("order_id"),
    redemptionId: text("redemption_id"),
    /** Of a reversal what it reverses, of an expiry the lot. */
    firstEntryId: text("first_entry_id"),
    /** Points of a lot that are left. */
    remaining: integer("remaining").notNull(),
    /** How much of the entry was reversed, or expired, as a positive number: the rest can still be reversed. */
    reversed: integer("reversed").notNull(),
    /** Points a reversal could not take back, since they were spent. */
    shortfall: integer("shortfall").notNull(),
    /** From when a lot can be spent; `null` while it waits for its order. */
    activeAt: integer("active_at"),
    /** When a lot expires; of an entry that took points when the last of them would have. `null` is never. */
    expiresAt: integer("expires_at"),
    /** Of a lot that waits for its order. */
    terms: text("terms", { mode: "json" }).$type<Terms>(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("loyalty_entries_of_member").on(table.memberId, table.number),
    index("loyalty_entries_lots").on(table.memberId, table.expiresAt).where(sql`${table.remaining} > 0`),
    uniqueIndex("loyalty_entries_order").on(table.orderId).where(sql`${table.kind} = 'earn'`),
    index("loyalty_entries_by_creation").on(table.siteId, table.createdAt, table.id),
    check("loyalty_entries_remaining", sql.raw(`${table.remaining.name} BETWEEN 0 AND max(${table.points.name}, 0)`)),
    check("loyalty_entries_reversed", sql.raw(`${table.reversed.name} BETWEEN 0 AND abs(${table.points.name})`)),
    check("loyalty_entries_balance", sql.raw(`${table.balanceAfter.name} >= 0`)),
  ],
);

export type EntryRow = typeof entries.$inferSelect;

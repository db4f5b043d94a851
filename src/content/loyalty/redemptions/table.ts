import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const REDEMPTION_STATUSES = ["pending", "fulfilled", "cancelled"] as const;

/** A reward that a member has taken, as it was then. */
export const redemptions = sqliteTable(
  "loyalty_redemptions",
  {
    ...itemColumns,
    memberId: text("member_id").notNull(),
    rewardId: text("reward_id").notNull(),
    rewardTitle: text("reward_title").notNull(),
    /** Points. */
    cost: integer("cost").notNull(),
    /** What the member shows; no other redemption of the site has it. */
    code: text("code").notNull(),
    status: text("status").$type<(typeof REDEMPTION_STATUSES)[number]>().notNull(),
    /** The entry of the ledger that took the points. */
    entryId: text("entry_id").notNull(),
    fulfilledAt: integer("fulfilled_at"),
    cancelledAt: integer("cancelled_at"),
  },
  (table) => [
    uniqueIndex("loyalty_redemptions_code").on(table.siteId, table.code),
    index("loyalty_redemptions_by_creation").on(table.siteId, table.createdAt, table.id),
    index("loyalty_redemptions_of_member").on(table.memberId, table.createdAt),
  ],
);

export type RedemptionRow = typeof redemptions.$inferSelect;

import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** From when the days until points are active count. */
export const ACTIVATIONS = ["payment", "completion"] as const;

/** What an order in one currency earns. */
export const rules = sqliteTable(
  "loyalty_rules",
  {
    ...itemColumns,
    currency: text("currency").notNull(),
    /** Points for each `perUnits` whole units of money. */
    points: integer("points").notNull(),
    perUnits: integer("per_units").notNull(),
    /** Minor units; less earns nothing. */
    minimumAmount: integer("minimum_amount").notNull(),
    activation: text("activation").$type<(typeof ACTIVATIONS)[number]>().notNull(),
    activeAfterDays: integer("active_after_days").notNull(),
    /** Counted from when they are active; `null` is never. */
    expiresAfterMonths: integer("expires_after_months"),
    /** Whether a customer who is no member becomes one. */
    enrols: integer("enrols", { mode: "boolean" }).notNull(),
    /** Whether appointments that have taken place earn, too. */
    bookings: integer("bookings", { mode: "boolean" }).notNull().default(false),
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    uniqueIndex("loyalty_rules_currency").on(table.siteId, table.currency),
    index("loyalty_rules_by_creation").on(table.siteId, table.createdAt, table.id),
  ],
);

export type RuleRow = typeof rules.$inferSelect;

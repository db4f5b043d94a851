import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** A step that members reach by their lifetime points: Bronze, Silver, Gold. */
export const tiers = sqliteTable(
  "loyalty_tiers",
  {
    ...itemColumns,
    name: text("name").notNull(),
    /** The lifetime points it begins with. */
    minPoints: integer("min_points").notNull(),
  },
  (table) => [
    uniqueIndex("loyalty_tiers_name").on(table.siteId, table.name),
    uniqueIndex("loyalty_tiers_points").on(table.siteId, table.minPoints),
    index("loyalty_tiers_by_creation").on(table.siteId, table.createdAt, table.id),
  ],
);

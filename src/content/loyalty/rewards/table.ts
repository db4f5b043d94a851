import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** Something that members get for points. */
export const rewards = sqliteTable(
  "loyalty_rewards",
  {
    ...itemColumns,
    title: text("title").notNull(),
    description: text("description"),
    image: text("image"),
    /** Points. */
    cost: integer("cost").notNull(),
    /** `null` is not counted: there is always enough. */
    stock: integer("stock"),
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    index("loyalty_rewards_by_creation").on(table.siteId, table.createdAt, table.id),
    index("loyalty_rewards_by_cost").on(table.siteId, table.cost, table.id),
    check("loyalty_rewards_stock", sql.raw(`${table.stock.name} IS NULL OR ${table.stock.name} >= 0`)),
  ],
);

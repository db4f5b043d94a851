import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** What a category says in another language of the site; what it leaves out is as in the site's own. */
export interface CategoryTranslation {
  name?: string;
  description?: string;
}

/** A part of a shop. Products name it by `category`. */
export const categories = sqliteTable(
  "categories",
  {
    ...itemColumns,
    name: text("name").notNull(),
    /** `name` as it is compared: a site has one of a name, whatever its case and accents. */
    nameKey: text("name_key").notNull(),
    slug: text("slug").notNull(),
    description: text("description"),
    image: text("image"),
    /** Its place among the others: the lowest comes first. */
    order: integer("place").notNull(),
    translations: text("translations", { mode: "json" }).$type<Record<string, CategoryTranslation>>().notNull(),
  },
  (table) => [
    uniqueIndex("categories_name").on(table.siteId, table.nameKey),
    uniqueIndex("categories_slug").on(table.siteId, table.slug),
    index("categories_by_order").on(table.siteId, table.order, table.id),
    index("categories_by_creation").on(table.siteId, table.createdAt, table.id),
    index("categories_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const PRODUCT_TYPES = ["physical", "digital", "service"] as const;

/** A choice of a product: size, colour. What it leaves out is the product's. */
export interface Variant {
  id: string;
  title: string;
  sku: string | null;
  price: number | null;
  stock: number | null;
}

/** Something a site sells. Money is in minor units of its currency. */
export const products = sqliteTable(
  "products",
  {
    ...itemColumns,
    title: text("title").notNull(),
    slug: text("slug").notNull(),
    description: text("description"),
    price: integer("price").notNull(),
    currency: text("currency").notNull(),
    images: text("images", { mode: "json" }).$type<string[]>().notNull(),
    category: text("category"),
    sku: text("sku"),
    /** `null` is not counted: there is always enough. */
    stock: integer("stock"),
    /** Which of the site's tax rates are its own. */
    taxClass: text("tax_class").notNull().default("standard"),
    type: text("type").$type<(typeof PRODUCT_TYPES)[number]>().notNull(),
    active: integer("active", { mode: "boolean" }).notNull(),
    variants: text("variants", { mode: "json" }).$type<Variant[]>().notNull(),
  },
  (table) => [
    uniqueIndex("products_slug").on(table.siteId, table.slug),
    uniqueIndex("products_sku").on(table.siteId, table.sku),
    index("products_by_creation").on(table.siteId, table.createdAt, table.id),
    index("products_by_update").on(table.siteId, table.updatedAt, table.id),
    check("products_stock", sql.raw(`${table.stock.name} IS NULL OR ${table.stock.name} >= 0`)),
  ],
);

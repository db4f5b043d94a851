import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { itemColumns } from "../../resource/columns.ts";
import { STANDARD } from "../settings/places.ts";

export const PRODUCT_TYPES = ["physical", "digital", "service"] as const;

/** A choice of a product: size, colour. What it leaves out is the product's. */
export interface Variant {
  id: string;
  title: string;
  sku: string | null;
  price: number | null;
  stock: number | null;
  image: string | null;
  /** What it is a choice of: `{"Size": "Large"}`. */
  options: Record<string, string>;
}

/** What a product says in another language of the site; what it leaves out is as in the site's own. */
export interface ProductTranslation {
  title?: string;
  description?: string;
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
    /** A stock of this or less is low; `null`: as the site's settings say. */
    lowStockAt: integer("low_stock_at"),
    /** Kinds of things that are taxed alike, as the rates of the site's settings name them. */
    taxClass: text("tax_class").notNull().default(STANDARD),
    type: text("type").$type<(typeof PRODUCT_TYPES)[number]>().notNull(),
    active: integer("active", { mode: "boolean" }).notNull(),
    translations: text("translations", { mode: "json" })
      .$type<Record<string, ProductTranslation>>()
      .notNull()
      .default({}),
    /** Where what was bought of a digital product is to be had: nothing for visitors who have not paid. */
    downloadUrl: text("download_url"),
    variants: text("variants", { mode: "json" }).$type<Variant[]>().notNull(),
  },
  (table) => [
    uniqueIndex("products_slug").on(table.siteId, table.slug),
    uniqueIndex("products_sku").on(table.siteId, table.sku),
    index("products_by_creation").on(table.siteId, table.createdAt, table.id),
    index("products_by_update").on(table.siteId, table.updatedAt, table.id),
    index("products_by_category").on(table.siteId, foldedText(table.folded, table.category), table.createdAt, table.id),
    // What visitors see: the active ones, of all categories and of one.
    index("products_shown").on(table.siteId, table.active, table.createdAt, table.id),
    index("products_shown_by_category").on(
      ...[table.siteId, table.active, foldedText(table.folded, table.category)],
      ...[table.createdAt, table.id],
    ),
    check("products_stock", sql.raw(`${table.stock.name} IS NULL OR ${table.stock.name} >= 0`)),
  ],
);

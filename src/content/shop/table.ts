import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";

const itemColumns = {
  id: text("id").primaryKey(),
  ...tenantColumns,
  siteId: text("site_id").notNull(),
  version: integer("version").notNull(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
};

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
    type: text("type").$type<(typeof PRODUCT_TYPES)[number]>().notNull(),
    active: integer("active", { mode: "boolean" }).notNull(),
    variants: text("variants", { mode: "json" }).$type<Variant[]>().notNull(),
  },
  (table) => [
    uniqueIndex("products_slug").on(table.siteId, table.slug),
    uniqueIndex("products_sku").on(table.siteId, table.sku),
    index("products_by_creation").on(table.siteId, table.createdAt, table.id),
    index("products_by_update").on(table.siteId, table.updatedAt, table.id),
    check("products_stock", sql`stock IS NULL OR stock >= 0`),
  ],
);

export const COUPON_TYPES = ["percentage", "fixed"] as const;

/** A reduction a customer asks for by its code. */
export const coupons = sqliteTable(
  "coupons",
  {
    ...itemColumns,
    /** Upper case; unique within the site. */
    code: text("code").notNull(),
    type: text("type").$type<(typeof COUPON_TYPES)[number]>().notNull(),
    /** Percent, or minor units of `currency`. */
    value: integer("value").notNull(),
    currency: text("currency"),
    minimumAmount: integer("minimum_amount"),
    maxUses: integer("max_uses"),
    uses: integer("uses").notNull(),
    startsAt: integer("starts_at"),
    expiresAt: integer("expires_at"),
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    uniqueIndex("coupons_code").on(table.siteId, table.code),
    index("coupons_by_creation").on(table.siteId, table.createdAt, table.id),
    check("coupons_uses", sql`max_uses IS NULL OR uses <= max_uses`),
  ],
);

export const ORDER_STATUSES = [
  "pending",
  "paid",
  "shipped",
  "delivered",
  "completed",
  "cancelled",
  "refunded",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What was ordered, as it was then: later changes of the product do not reach it. */
export interface OrderItem {
  productId: string;
  variantId: string | null;
  title: string;
  sku: string | null;
  quantity: number;
  unitPrice: number;
  total: number;
}

export interface Address {
  line1: string;
  line2: string | null;
  postalCode: string;
  city: string;
  region: string | null;
  country: string;
}

/** A purchase. Amounts are in minor units of its currency. */
export const orders = sqliteTable(
  "orders",
  {
    ...itemColumns,
    /** Counts the site's orders. */
    number: integer("number").notNull(),
    status: text("status").$type<OrderStatus>().notNull(),
    customerName: text("customer_name").notNull(),
    customerEmail: text("customer_email").notNull(),
    customerPhone: text("customer_phone"),
    shippingAddress: text("shipping_address", { mode: "json" }).$type<Address>(),
    items: text("items", { mode: "json" }).$type<OrderItem[]>().notNull(),
    currency: text("currency").notNull(),
    subtotal: integer("subtotal").notNull(),
    discount: integer("discount").notNull(),
    total: integer("total").notNull(),
    couponCode: text("coupon_code"),
    note: text("note"),
  },
  (table) => [
    uniqueIndex("orders_number").on(table.siteId, table.number),
    index("orders_by_creation").on(table.siteId, table.createdAt, table.id),
    index("orders_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

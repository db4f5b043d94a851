import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

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
    /** The coupon of that code when it was used: a code can be changed, or given to another one. */
    couponId: text("coupon_id"),
    /** When it was first paid; what never was is not refunded. */
    paidAt: integer("paid_at"),
    note: text("note"),
  },
  (table) => [
    uniqueIndex("orders_number").on(table.siteId, table.number),
    index("orders_by_creation").on(table.siteId, table.createdAt, table.id),
    index("orders_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

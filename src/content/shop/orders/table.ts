import { type InferSelectModel, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { tenantColumns } from "../../../core/storage/tables.ts";
import { itemColumns } from "../../resource/columns.ts";
import type { PRODUCT_TYPES } from "../products/table.ts";

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

/** What was ordered, as it was then: later changes of the product do not reach it. Amounts are in minor units. */
export interface OrderItem {
  productId: string;
  variantId: string | null;
  title: string;
  sku: string | null;
  type: (typeof PRODUCT_TYPES)[number];
  quantity: number;
  unitPrice: number;
  /** `unitPrice` times `quantity`. */
  total: number;
  /** Its part of the order's discount. */
  discount: number;
  /** Percent, of `total` less `discount`. */
  taxRate: number;
  tax: number;
  /** How many of them are off the stock for this order: what came back no longer is. */
  taken: number;
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
    shipping: integer("shipping").notNull().default(0),
    /** The id of a method of `settings.shop.shipping`; `null` where nothing is sent. */
    shippingMethod: text("shipping_method"),
    tax: integer("tax").notNull().default(0),
    /** Whether prices, and with them the total, contain the tax; otherwise it comes on top of them. */
    taxIncluded: integer("tax_included", { mode: "boolean" }).notNull().default(false),
    total: integer("total").notNull(),
    couponCode: text("coupon_code"),
    /**
     * The coupon of that code when it was used, of which the order holds a use: a code can be changed, or given to another
     * one. `null` without, and once the use was given back.
     */
    couponId: text("coupon_id"),
    /** When it was first paid; what never was is not refunded. */
    paidAt: integer("paid_at"),
    /** What payments have brought that count for the order, and what of it went back. */
    paidAmount: integer("paid_amount").notNull().default(0),
    refundedAmount: integer("refunded_amount").notNull().default(0),
    /** When it is cancelled by itself, while it is pending; `null` for never. */
    holdUntil: integer("hold_until"),
    /** Names the checkout it came of: one checkout makes one order. */
    checkoutKey: text("checkout_key"),
    /** The language it was ordered in. */
    locale: text("locale"),
    note: text("note"),
  },
  (table) => [
    uniqueIndex("orders_number").on(table.siteId, table.number),
    index("orders_by_creation").on(table.siteId, table.createdAt, table.id),
    index("orders_by_update").on(table.siteId, table.updatedAt, table.id),
    uniqueIndex("orders_checkout").on(table.siteId, table.checkoutKey),
    index("orders_by_customer").on(table.siteId, foldedText(table.folded, table.customerEmail)),
    index("orders_by_coupon")
      .on(table.couponId, foldedText(table.folded, table.customerEmail))
      .where(sql`${table.couponId} IS NOT NULL`),
    index("orders_due").on(table.holdUntil).where(sql`${table.holdUntil} IS NOT NULL`),
    index("orders_due_in_workspace")
      .on(table.workspaceId, table.environment, table.holdUntil)
      .where(sql`${table.holdUntil} IS NOT NULL`),
  ],
);

export type OrderRow = InferSelectModel<typeof orders>;

/** The last number that was drawn for an order of a site. */
export const orderNumbers = sqliteTable("order_numbers", {
  siteId: text("site_id").primaryKey(),
  ...tenantColumns,
  last: integer("last").notNull(),
});

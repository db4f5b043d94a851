import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const COUPON_TYPES = ["percentage", "fixed", "free_shipping"] as const;

/** A reduction a customer asks for by its code. */
export const coupons = sqliteTable(
  "coupons",
  {
    ...itemColumns,
    /** Upper case; unique within the site. */
    code: text("code").notNull(),
    type: text("type").$type<(typeof COUPON_TYPES)[number]>().notNull(),
    /** Percent, or minor units of `currency`; free shipping has none. */
    value: integer("value").notNull(),
    currency: text("currency"),
    minimumAmount: integer("minimum_amount"),
    maxUses: integer("max_uses"),
    /** How many of a customer's orders may use it. */
    maxUsesPerCustomer: integer("max_uses_per_customer"),
    /** How many orders hold a use: their `couponId` is this one. */
    uses: integer("uses").notNull(),
    startsAt: integer("starts_at"),
    expiresAt: integer("expires_at"),
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    uniqueIndex("coupons_code").on(table.siteId, table.code),
    index("coupons_by_creation").on(table.siteId, table.createdAt, table.id),
    check("coupons_uses", sql.raw(`${table.maxUses.name} IS NULL OR ${table.uses.name} <= ${table.maxUses.name}`)),
  ],
);

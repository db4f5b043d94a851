import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../resource/columns.ts";

export const REVIEW_STATUSES = ["pending", "approved", "rejected"] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** The fewest and the most stars. */
export const MIN_RATING = 1;
export const MAX_RATING = 5;

/**
 * What somebody says of a product, or of the shop. Triggers count the approved ones by their stars (`ratings.ts`).
 */
export const reviews = sqliteTable(
  "reviews",
  {
    ...itemColumns,
    /** `null`: of the shop as a whole. It stays when the product goes. */
    productId: text("product_id"),
    /** The order it was bought by; `null` for one that the owner has brought along. */
    orderId: text("order_id"),
    rating: integer("rating").notNull(),
    title: text("title"),
    text: text("text").notNull(),
    author: text("author").notNull(),
    email: text("email"),
    status: text("status").$type<ReviewStatus>().notNull(),
    /** What `status` says, as the published shape has it. */
    approved: integer("approved", { mode: "boolean" }).notNull(),
    answer: text("answer"),
    answeredAt: integer("answered_at"),
  },
  (table) => [
    // A customer's word on a product counts once for each order of it, however many of it were in it.
    uniqueIndex("reviews_of_order").on(table.orderId, table.productId),
    index("reviews_by_creation").on(table.siteId, table.createdAt, table.id),
    index("reviews_by_update").on(table.siteId, table.updatedAt, table.id),
    index("reviews_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    index("reviews_by_product").on(table.siteId, table.productId, table.status, table.createdAt, table.id),
    check("reviews_rating", sql.raw(`${table.rating.name} BETWEEN ${MIN_RATING} AND ${MAX_RATING}`)),
    check("reviews_approved", sql.raw(`${table.approved.name} = (${table.status.name} = 'approved')`)),
  ],
);

export type ReviewRow = typeof reviews.$inferSelect;

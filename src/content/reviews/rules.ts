import { and, eq, sql } from "drizzle-orm";
import { conflict, invalid } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { products } from "../shop/products/table.ts";
import { type ReviewRow, reviews } from "./table.ts";

/** A new review is of a product the site has; one that is deleted at the same moment is not reviewed any more. */
export function requireProduct(ctx: Ctx, siteId: string, productId: string | null): void {
  if (productId === null) return;
  const isIt = scoped(ctx, products, and(eq(products.siteId, siteId), eq(products.id, productId)));
  const error = invalid("productId", "is not a product of this site");
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${products} WHERE ${isIt})`, error);
}

/** A review that comes back from the trash may find that its author has written another one meanwhile. */
export function expectOnlyOne(ctx: Ctx): void {
  const error = conflict("productId", "The order has another review of this product.");
  ctx.unit.onDuplicate([reviews.orderId, reviews.productId], error);
}

/** When an answer was given: now, unless it is the one there was. */
export const answeredAt = (ctx: Ctx, answer: string | null, before: ReviewRow | null): number | null =>
  answer === null ? null : answer === before?.answer ? before.answeredAt : ctx.now;

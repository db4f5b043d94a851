import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { ConcurrentChange, conflict, invalid, notFound } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { shownBy } from "../resource/contract.ts";
import { createItem, updateItem } from "../resource/write.ts";
import { type OrderRow, type OrderStatus, orders } from "../shop/orders/table.ts";
import { isApprovedAtOnce } from "../shop/settings/reviews.ts";
import { shopSettingsOf } from "../shop/settings/settings.ts";
import { findSite } from "../sites/service.ts";
import { ReviewSchema } from "./contract.ts";
import type { Said } from "./customer-contract.ts";
import { REVIEWS } from "./resource.ts";
import { type ReviewRow, reviews } from "./table.ts";

/** Where an order stands whose customer has what he paid for, or is to have it. */
const BOUGHT: readonly OrderStatus[] = ["paid", "shipped", "delivered", "completed"];

/** Whether what was ordered may be reviewed: it was paid, and not cancelled or paid back in full. */
export const isReviewable = ({ paidAt, status }: Pick<OrderRow, "paidAt" | "status">): boolean =>
  paidAt !== null && BOUGHT.includes(status);

/** Customers say what owners may not: the rest is as for everybody's. */
const WRITTEN = {
  ...REVIEWS,
  create: { columns: ({ body }: { body: object }) => body },
  update: { columns: ({ changes }: { changes: object }) => changes },
  show: shownBy(ReviewSchema),
} as never;

/** The reviews of an order, by their products. */
export async function reviewsOfOrder(ctx: Ctx, order: OrderRow): Promise<Map<string, ReviewRow>> {
  const rows = await ctx.db
    .select()
    .from(reviews)
    .where(scoped(ctx, reviews, eq(reviews.siteId, order.siteId), eq(reviews.orderId, order.id)));
  return new Map(rows.map((row) => [row.productId as string, row]));
}

/** A review of an order by its id; `not_found` for every other. */
export async function findReviewOf(ctx: Ctx, order: OrderRow, id: string): Promise<ReviewRow> {
  const isIt = and(eq(reviews.id, id), eq(reviews.siteId, order.siteId), eq(reviews.orderId, order.id));
  const [found] = await ctx.db
    .select()
    .from(reviews)
    .where(scoped(ctx, reviews, isIt));
  if (!found) throw notFound("Review");
  return found;
}

const notReviewable = () =>
  conflict("orderId", "Only what was paid, and neither cancelled nor paid back, can be reviewed.");

/**
 * Stages what a customer says of a product of his order. There is one review of a product for each order: whoever writes
 * another one is answered the first, as it is.
 */
export async function writeReview(
  ctx: Ctx,
  order: OrderRow,
  { productId, ...said }: Said & { productId: string },
): Promise<{ review: ReviewRow; isNew: boolean }> {
  const first = (await reviewsOfOrder(ctx, order)).get(productId);
  if (first) return { review: first, isNew: false };
  if (!order.items.some((it) => it.productId === productId))
    throw invalid("productId", "is not a product of the order");
  if (!isReviewable(order)) throw notReviewable();
  const { id, siteId, customerEmail: email } = order;
  const isStill = scoped(
    ctx,
    orders,
    and(eq(orders.id, id), isNotNull(orders.paidAt), inArray(orders.status, [...BOUGHT])),
  );
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${orders} WHERE ${isStill})`, notReviewable());
  const approved = isApprovedAtOnce(shopSettingsOf(await findSite(ctx, siteId)).reviews, said.rating);
  const status = approved ? ("approved" as const) : ("pending" as const);
  const body = { ...said, productId, orderId: id, email, status, approved, answer: null, answeredAt: null };
  const review = await createItem<typeof reviews>(ctx, WRITTEN, { siteId, body });
  // Of two at once the index picks one; the other one is run again and finds it.
  ctx.unit.onDuplicate([reviews.orderId, reviews.productId], new ConcurrentChange());
  return { review, isNew: true };
}

/** Stages other words of a customer's, while nobody has decided on his review. */
export async function editReview(
  ctx: Ctx,
  order: OrderRow,
  { id, changes }: { id: string; changes: Partial<Said> },
): Promise<ReviewRow> {
  const before = await findReviewOf(ctx, order, id);
  if (before.status !== "pending")
    throw conflict("status", `A review that is ${before.status} is not changed any more.`);
  return updateItem<typeof reviews>(ctx, WRITTEN, { siteId: order.siteId, id, changes });
}

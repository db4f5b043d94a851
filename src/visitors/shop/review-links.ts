import type { OrderRow } from "../../content/shop/orders/table.ts";
import { isReviewable, reviewsOfOrder } from "../../content/reviews/write.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import { orderReviews } from "../../rendering/shop/review-form.ts";
import type { LiveVisit } from "../live/page.ts";
import { addressFor } from "./visitor.ts";

/** Where a product of an order is reviewed, for whoever has the order's link. */
export const reviewAddress = (
  visit: LiveVisit,
  { orderId, token, productId }: { orderId: string; token: string; productId: string },
): string => `${addressFor(visit, `reviews/${orderId}`)}?${new URLSearchParams({ token, product: productId })}`;

/** What an order's page says of reviews: those its customer has written, and the way to what can be written yet. */
export async function reviewsLinked(visit: LiveVisit, ctx: Ctx, order: OrderRow): Promise<Html> {
  const token = new URL(visit.request.url).searchParams.get("token") ?? "";
  const written = await reviewsOfOrder(ctx, order);
  const products = new Map(order.items.map(({ productId, title }) => [productId, title]));
  const entries = [...products].flatMap(([productId, product]) => {
    const status = written.get(productId)?.status ?? null;
    const isOpen = status === "pending" || (status === null && isReviewable(order));
    if (!isOpen && status === null) return [];
    return [{ product, status, href: isOpen ? reviewAddress(visit, { orderId: order.id, token, productId }) : null }];
  });
  return orderReviews(entries, visit.locale);
}

import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import { findLinkedOrder } from "../../content/shop/checkout/link.ts";
import type { OrderRow } from "../../content/shop/orders/table.ts";
import { type CustomerReview, customerReview, type Said } from "../../content/reviews/customer-contract.ts";
import { editReview, findReviewOf, writeReview } from "../../content/reviews/write.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Linked, siteOf } from "./orders.ts";

/** Does something with the order of a signed link, in its customer's name. */
async function withOrder<Result>(
  ctx: Ctx,
  linked: Linked,
  act: (visitor: Ctx, order: OrderRow) => Promise<Result>,
): Promise<Result> {
  const site = await siteOf(ctx, linked);
  const visitor = visitorContext(ctx, site);
  return commitAs(visitor, async () =>
    act(visitor, await findLinkedOrder(visitor, { siteId: site.siteId, ...linked })),
  );
}

/** Writes a customer's review of a product of his order, or answers the one that he has written. */
export const writeForCustomer = (
  ctx: Ctx,
  linked: Linked,
  body: Said & { productId: string },
): Promise<{ data: CustomerReview; isNew: boolean }> =>
  withOrder(ctx, linked, async (visitor, order) => {
    const { review, isNew } = await writeReview(visitor, order, body);
    return { data: customerReview(review), isNew };
  });

/** A review of an order, for its customer. */
export const reviewOfCustomer = (ctx: Ctx, { reviewId, ...linked }: Linked & { reviewId: string }) =>
  withOrder(ctx, linked, async (visitor, order) => customerReview(await findReviewOf(visitor, order, reviewId)));

/** Changes a review that nobody has decided on. */
export const editForCustomer = (
  ctx: Ctx,
  { reviewId, ...linked }: Linked & { reviewId: string },
  changes: Partial<Said>,
): Promise<CustomerReview> =>
  withOrder(ctx, linked, async (visitor, order) =>
    customerReview(await editReview(visitor, order, { id: reviewId, changes })),
  );

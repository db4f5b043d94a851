import { orderOriginOf } from "../../analytics/order-origin.ts";
import { publicSite, type VisitedSite } from "../../content/live/public.ts";
import { cancelOrder } from "../../content/shop/checkout/cancel.ts";
import type { Checkout, CustomerOrder } from "../../content/shop/checkout/contract.ts";
import { customerOrder } from "../../content/shop/checkout/customer-order.ts";
import { findLinkedOrder, siteOfOrder } from "../../content/shop/checkout/link.ts";
import { placeOrder } from "../../content/shop/checkout/place.ts";
import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import type { OrderRow } from "../../content/shop/orders/table.ts";
import { findSite } from "../../content/sites/service.ts";
import { invalid, notFound } from "../../core/errors.ts";
import { checkIdempotencyKey } from "../../core/http/idempotency.ts";
import type { Ctx } from "../../core/work/context.ts";
import { homeOf, visitedSite } from "../live/visited.ts";

/** Keys of callers and those of our own forms are no two of a kind. */
const keyOf = (key: string): string => `api:${key}`;

const shown = async (ctx: Ctx, site: VisitedSite, order: OrderRow): Promise<CustomerOrder> =>
  customerOrder(ctx, await findSite(ctx, site.siteId), { order, home: homeOf(ctx, site) });

/** Places a visitor's order, or answers the one that a call with the same key has placed. */
export async function placeForVisitor(
  ctx: Ctx,
  named: string | undefined,
  { key, body, userAgent }: { key: string | null; body: Checkout; userAgent: string },
): Promise<CustomerOrder> {
  if (key === null) throw invalid("Idempotency-Key", "is required");
  checkIdempotencyKey(key);
  const site = await visitedSite(ctx, named);
  const visitor = visitorContext(ctx, site);
  const { siteId } = site;
  const origin = await orderOriginOf(visitor, { siteId, userAgent });
  const placing = { siteId, checkoutKey: keyOf(key), body, origin };
  const { order } = await commitAs(visitor, () => placeOrder(visitor, placing));
  return shown(visitor, site, order);
}

/** An order and the token of its link. */
export interface Linked {
  orderId: string;
  token: string;
}

/** The published site an order was placed at, at whose domain no other site's is shown. */
export async function siteOf(ctx: Ctx, { orderId }: Pick<Linked, "orderId">): Promise<VisitedSite> {
  const siteId = await siteOfOrder(ctx.env, orderId);
  const site = siteId === null ? null : await publicSite(ctx.env, { id: siteId });
  if (!site) throw notFound("Order");
  return site;
}

/** The order of a signed link. */
export async function orderOfCustomer(ctx: Ctx, linked: Linked): Promise<CustomerOrder> {
  const site = await siteOf(ctx, linked);
  const visitor = visitorContext(ctx, site);
  return shown(visitor, site, await findLinkedOrder(visitor, { siteId: site.siteId, ...linked }));
}

/** Cancels the order of a signed link. */
export async function cancelForCustomer(ctx: Ctx, linked: Linked): Promise<CustomerOrder> {
  const site = await siteOf(ctx, linked);
  const visitor = visitorContext(ctx, site);
  const order = await commitAs(visitor, async () =>
    cancelOrder(visitor, await findLinkedOrder(visitor, { siteId: site.siteId, ...linked })),
  );
  return shown(visitor, site, order);
}

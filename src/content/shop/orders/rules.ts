import type { Ctx } from "../../../core/work/context.ts";
import { useCoupon } from "../coupons/use.ts";
import { quote } from "../pricing/quote.ts";
import type { OrderItemsSent } from "./items-contract.ts";
import type { Address, OrderRow } from "./table.ts";

/** What an order's price depends on. */
interface Ordered {
  items: OrderItemsSent;
  couponCode: string | null;
  shippingMethod: string | null;
  shippingAddress: Address | null;
  customerEmail: string;
}

/** The columns of an order that are its price. */
type Priced = Pick<
  OrderRow,
  | "items"
  | "currency"
  | "subtotal"
  | "discount"
  | "shipping"
  | "shippingMethod"
  | "tax"
  | "taxIncluded"
  | "total"
  | "couponId"
>;

/** What an order comes to at the prices of now. The use of its coupon is counted in its commit. */
export async function priceOrder(
  ctx: Ctx,
  site: { id: string; settings: Record<string, unknown> },
  { shippingAddress, customerEmail, ...asked }: Ordered,
): Promise<Priced> {
  const country = shippingAddress?.country ?? null;
  const quoted = await quote(ctx, site, { ...asked, country, customerEmail });
  const { items, currency, subtotal, discount, shipping, shippingMethod, tax, taxIncluded, total, coupon } = quoted;
  if (coupon) useCoupon(ctx, coupon, customerEmail);
  const couponId = coupon?.id ?? null;
  return { items, currency, subtotal, discount, shipping, shippingMethod, tax, taxIncluded, total, couponId };
}

/** What an order is when nobody has paid for it. */
export const UNPAID = { status: "pending", paidAt: null, paidAmount: 0, refundedAmount: 0 } as const;

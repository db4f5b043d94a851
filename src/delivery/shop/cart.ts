import type { z } from "@hono/zod-openapi";
import { priceCart } from "../../content/shop/checkout/cart.ts";
import type { CartSchema, PricedCartSchema } from "../../content/shop/checkout/cart-contract.ts";
import { visitorContext } from "../../content/live/visitor.ts";
import type { Ctx } from "../../core/work/context.ts";
import { visitedSite } from "../live/visited.ts";

const NO_SUMS = {
  ...{ currency: null, subtotal: null, discount: null, shipping: null },
  ...{ tax: null, taxIncluded: null, total: null },
};

/** What a visitor's cart comes to. */
export async function cartForVisitor(
  ctx: Ctx,
  named: string | undefined,
  body: z.output<typeof CartSchema>,
): Promise<z.input<typeof PricedCartSchema>> {
  const site = await visitedSite(ctx, named);
  const cart = await priceCart(visitorContext(ctx, site), { siteId: site.siteId, customerEmail: null, ...body });
  const { lines, sums, isShipped, methods, couponProblem } = cart;
  const items = lines.map(({ productId, variantId, quantity, title, unitPrice, total, state }) => ({
    ...{ productId, variantId, quantity, title, unitPrice, total, status: state.status },
    left: state.status === "short" ? state.left : null,
  }));
  const { currency, subtotal, discount, shipping, tax, taxIncluded, total } = sums ?? NO_SUMS;
  const amounts = { currency, subtotal, discount, shipping, tax, taxIncluded, total };
  return { items, ...amounts, couponProblem, isShipped, shippingMethods: methods };
}

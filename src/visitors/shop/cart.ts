import { type PricedCart, priceCart } from "../../content/shop/checkout/cart.ts";
import { CouponCodeSchema } from "../../content/shop/coupons/contract.ts";
import { cartMain } from "../../rendering/shop/cart-page.ts";
import { checkoutWordsFor } from "../../rendering/shop/checkout-words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import type { Totals } from "../../rendering/shop/totals.ts";
import { type Cart, cartCookie, cartOf, MAX_QUANTITY, newCart } from "./cart-cookie.ts";
import { shownLines, withPricesSeen } from "./cart-lines.ts";
import { changedCart } from "./cart-form.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { privatePage, addressFor } from "./visitor.ts";

/** What a cart comes to before anybody knows where it goes. */
const priced = (visit: LiveVisit, cart: Cart): Promise<PricedCart> =>
  priceCart(contextOf(visit), {
    ...{ siteId: visit.site.siteId, locale: visit.locale },
    items: cart.lines.map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity })),
    ...{ couponCode: cart.couponCode, country: null, shippingMethod: null, customerEmail: null },
  });

const totalsOf = ({ sums, isShipped }: PricedCart): Totals | null =>
  sums && { ...sums, shipping: isShipped ? "later" : null };

interface Shown {
  cart: Cart;
  problems?: Problem[];
  /** What was typed as a code, where that is none. */
  typedCode?: string;
  notice?: string | null;
  status?: number;
  headers?: object;
}

async function cartDocument(visit: LiveVisit, shown: Shown): Promise<LiveDocument> {
  const { cart, problems = [], typedCode, notice = null, status = 200, headers = {} } = shown;
  const { locale } = visit;
  const words = checkoutWordsFor(locale);
  const now = await priced(visit, cart);
  const wrongCoupon = now.couponProblem === null ? [] : [{ field: "couponCode", message: words.wrongCoupon }];
  const main = cartMain({
    locale,
    lines: shownLines(visit, cart, now.lines),
    totals: totalsOf(now),
    couponCode: typedCode ?? cart.couponCode ?? "",
    problems: [...problems, ...wrongCoupon],
    action: addressFor(visit, "cart"),
    shop: addressFor(visit, ""),
    maxQuantity: MAX_QUANTITY,
    notice,
  });
  return privatePage("cart", { title: words.cart, main: String(main), status, headers });
}

/** The cart that a visitor's browser keeps. In a preview there is none. */
export const cartPage: LivePage = {
  get: (visit) =>
    cartDocument(visit, { cart: (visit.site.draft ? null : cartOf(visit.request, visit.site)) ?? newCart() }),

  async post(visit) {
    const { request, site, locale } = visit;
    const form = await readForm(request);
    if (form instanceof Response) return form;
    const words = checkoutWordsFor(locale);
    const before = cartOf(request, site) ?? newCart();
    const { cart, isFull } = changedCart(before, form);
    if (isFull) return cartDocument(visit, { cart: before, notice: words.full, status: 409 });
    const typed = form.has("couponCode") ? form.text("couponCode") : null;
    const code = typed ? CouponCodeSchema.safeParse(typed) : null;
    const couponCode = typed === null ? cart.couponCode : code?.success ? code.data : null;
    const changed = { ...cart, couponCode };
    const now = await priced(visit, changed);
    // What is added is shown at the price of now, whatever the page said that it was added from.
    const seen = withPricesSeen(changed, now.lines);
    // What nobody sells is not put into it.
    const isSold = (index: number) => now.lines[index]?.title !== null || index < before.lines.length;
    const kept = { ...seen, lines: seen.lines.filter((_, index) => isSold(index)) };
    if (kept.lines.length < seen.lines.length) {
      return cartDocument(visit, { cart: before, notice: words.notSold, status: 409 });
    }
    const cookie = cartCookie(request, site, kept);
    if (code && !code.success) {
      const problems = [{ field: "couponCode", message: words.wrongCoupon }];
      const headers = { "Set-Cookie": cookie };
      return cartDocument(visit, { cart: kept, problems, typedCode: typed ?? "", status: 422, headers });
    }
    const canOrder = now.sums !== null && now.couponProblem === null;
    const isOrdering = form.text("action") === "checkout" && canOrder;
    return leadOn(request, addressFor(visit, isOrdering ? "checkout" : "cart"), cookie);
  },
};

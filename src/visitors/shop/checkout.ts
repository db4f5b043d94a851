import { orderOriginOf } from "../../analytics/order-origin.ts";
import type { Checkout } from "../../content/shop/checkout/contract.ts";
import { orderToken } from "../../content/shop/checkout/link.ts";
import { findPlaced, placeOrder } from "../../content/shop/checkout/place.ts";
import { commitAs } from "../../content/live/visitor.ts";
import type { OrderRow } from "../../content/shop/orders/table.ts";
import { DomainError } from "../../core/errors.ts";
import { isOutage } from "../../core/http/respond.ts";
import type { Ctx } from "../../core/work/context.ts";
import { moneyIn } from "../../rendering/blocks/money.ts";
import { checkoutMain } from "../../rendering/shop/checkout-page.ts";
import { checkoutWordsFor } from "../../rendering/shop/checkout-words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import { CART_KEY, type Cart, cartCookie, cartOf } from "./cart-cookie.ts";
import { shownLines } from "./cart-lines.ts";
import { askedIn, orderIn, typedIn } from "./checkout-form.ts";
import { type Offer, offerOf, problemsOf } from "./offer.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { privatePage, addressFor } from "./visitor.ts";

/** Keys of our own forms and those of callers of the API are no two of a kind. */
const keyOf = (cartKey: string): string => `form:${cartKey}`;

const placeOf = ({ site: { siteId }, locale }: LiveVisit) => ({ siteId, locale });

/** Before anybody knows where it goes, or when it goes nowhere, nothing is said of what sending costs. */
function shippingShown({ now, sums, typed }: Offer): number | "byCountry" | null {
  if (!now.isShipped) return null;
  return typed.country === "" || now.isUndeliverable ? "byCountry" : sums.shipping;
}

function checkoutDocument(
  visit: LiveVisit,
  { cart, offer, problems = [], status = 200 }: { cart: Cart; offer: Offer; problems?: Problem[]; status?: number },
): LiveDocument {
  const { locale } = visit;
  const { now, sums, typed, countries, termsUrl, seen } = offer;
  const main = checkoutMain({
    ...{ locale, typed, problems, countries, termsUrl, seen },
    lines: shownLines(visit, cart, now.lines),
    totals: { ...sums, shipping: shippingShown(offer) },
    isShipped: now.isShipped,
    methods: now.methods,
    checkoutKey: cart.key,
    action: addressFor(visit, "checkout"),
    cart: addressFor(visit, "cart"),
  });
  return privatePage("checkout", { title: checkoutWordsFor(locale).checkout, main: String(main), status });
}

/** What is in the way of an offer that is only looked at. */
const inTheWayOf = ({ locale }: LiveVisit, offer: Offer): Problem[] =>
  problemsOf(offer, checkoutWordsFor(locale)).filter(({ field }) => field !== "acceptTerms");

/** Leads to an order that was placed. The cart it was placed from has done its work; one that was begun since is kept. */
async function toOrder(visit: LiveVisit, order: OrderRow, key: string): Promise<Response> {
  const { env, request, site } = visit;
  const address = `${addressFor(visit, `orders/${order.id}`)}?token=${await orderToken(env, order)}`;
  const isItsCart = cartOf(request, site)?.key === key;
  return leadOn(request, address, isItsCart ? cartCookie(request, site, null) : null);
}

interface Ordering {
  cart: Cart;
  offer: Offer;
  body: Omit<Checkout, "locale" | "acceptTerms" | "expectedTotal">;
}

/** Places an order and leads to it, or says what came between. */
async function order(visit: LiveVisit, ctx: Ctx, ordering: Ordering): Promise<LiveDocument | Response> {
  const { cart, offer, body } = ordering;
  const { siteId } = visit.site;
  const whole = { ...body, locale: visit.locale, acceptTerms: true, expectedTotal: offer.sums.total };
  const origin = await orderOriginOf(ctx, { siteId, userAgent: visit.request.headers.get("User-Agent") ?? "" });
  const placing = { siteId, checkoutKey: keyOf(cart.key), body: whole, origin };
  try {
    const placed = await commitAs(ctx, () => placeOrder(ctx, placing));
    return await toOrder(visit, placed.order, cart.key);
  } catch (error) {
    if (!(error instanceof DomainError) || isOutage(error)) throw error;
    // The same cart was sent from another tab, which was faster.
    const placed = await findPlaced(ctx, siteId, placing.checkoutKey);
    return placed ? toOrder(visit, placed, cart.key) : refused(visit, ctx, { ...ordering, error });
  }
}

/** What a visitor sees whose order somebody else's has made impossible: the cart, or the checkout, as it is by now. */
async function refused(
  visit: LiveVisit,
  ctx: Ctx,
  { cart, offer: before, error }: Ordering & { error: DomainError },
): Promise<LiveDocument | Response> {
  const offer = await offerOf(ctx, placeOf(visit), cart, before.typed);
  if (!offer) return leadOn(visit.request, addressFor(visit, "cart"));
  const words = checkoutWordsFor(visit.locale);
  const { total, currency } = offer.sums;
  const price = moneyIn(visit.locale, currency, total);
  const message = offer.seen === before.seen ? words.busy : words.totalChanged.replace("{price}", price);
  const isCoupon = error.details.fields?.couponCode !== undefined;
  const problem = isCoupon ? { field: "couponCode", message: words.wrongCoupon } : { field: "", message };
  return checkoutDocument(visit, { cart, offer, problems: [problem], status: 409 });
}

/** The page where what is in the cart is ordered, and what its form is sent to. */
export const checkoutPage: LivePage = {
  bucket: "checkout",

  async get(visit) {
    const { request, site } = visit;
    const cart = site.draft ? null : cartOf(request, site);
    const asked = askedIn(request);
    const typed = { couponCode: cart?.couponCode ?? "", ...asked };
    const offer = cart && (await offerOf(contextOf(visit), placeOf(visit), cart, typed));
    if (!cart || !offer) return leadOn(request, addressFor(visit, "cart"));
    return checkoutDocument(visit, { cart, offer, problems: asked.country ? inTheWayOf(visit, offer) : [] });
  },

  async post(visit) {
    const { request, site, locale } = visit;
    const form = await readForm(request);
    if (form instanceof Response) return form;
    const key = form.text("checkoutKey");
    const ctx = contextOf(visit);
    const placed = CART_KEY.test(key) ? await findPlaced(ctx, site.siteId, keyOf(key)) : null;
    if (placed) return toOrder(visit, placed, key);
    const cart = cartOf(request, site);
    const offer = cart && (await offerOf(ctx, placeOf(visit), cart, typedIn(form)));
    if (!cart || !offer) return leadOn(request, addressFor(visit, "cart"));
    const words = checkoutWordsFor(locale);
    const again = (message: string) =>
      checkoutDocument(visit, { cart, offer, problems: [{ field: "", message }], status: 409 });
    if (cart.key !== key) return again(words.cartChanged);
    if (form.text("step") === "recalculate")
      return checkoutDocument(visit, { cart, offer, problems: inTheWayOf(visit, offer) });
    const inTheWay = problemsOf(offer, words);
    const { body, problems } = orderIn(offer.typed, cart, { isShipped: offer.now.isShipped, words });
    const wrong = [...problems, ...inTheWay.filter((it) => !problems.some(({ field }) => field === it.field))];
    if (body === null || wrong.length > 0)
      return checkoutDocument(visit, { cart, offer, problems: wrong, status: 422 });
    if (form.text("seen") !== offer.seen) {
      return again(words.totalChanged.replace("{price}", moneyIn(locale, offer.sums.currency, offer.sums.total)));
    }
    return order(visit, ctx, { cart, offer, body });
  },
};

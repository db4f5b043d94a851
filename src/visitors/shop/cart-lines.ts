import type { PricedLine } from "../../content/shop/checkout/cart.ts";
import type { ShownLine } from "../../rendering/shop/cart-page.ts";
import { cartWordsFor } from "../../rendering/shop/cart-words.ts";
import type { Cart, CartLine } from "./cart-cookie.ts";
import type { LiveVisit } from "../live/page.ts";
import { addressFor } from "./visitor.ts";

/** Names a line of a cart: no two are of the same thing. */
export const lineName = ({ productId, variantId }: Pick<CartLine, "productId" | "variantId">): string =>
  variantId === null ? productId : `${productId}:${variantId}`;

function problemOf({ state }: PricedLine): ShownLine["problem"] {
  if (state.status === "available") return null;
  if (state.status === "unavailable") return { kind: "gone" };
  return state.left === 0 ? { kind: "soldOut" } : { kind: "short", left: state.left };
}

/** The lines of a cart as a visitor sees them, with what has changed since they were last shown. */
export function shownLines(visit: LiveVisit, cart: Cart, lines: readonly PricedLine[]): ShownLine[] {
  return lines.map((line, index) => {
    const { title, slug, quantity, unitPrice, currency } = line;
    const seen = cart.lines[index]?.seenPrice ?? unitPrice;
    return {
      name: lineName(line),
      title: title ?? cartWordsFor(visit.locale).item,
      href: slug === null ? null : addressFor(visit, `products/${slug}`),
      ...{ quantity, unitPrice, currency },
      priceBefore: title === null || seen === unitPrice ? null : seen,
      problem: problemOf(line),
    };
  });
}

/** The cart once its prices have been shown. */
export const withPricesSeen = (cart: Cart, lines: readonly PricedLine[]): Cart => ({
  ...cart,
  lines: cart.lines.map((line, index) => {
    const priced = lines[index];
    return priced && priced.title !== null ? { ...line, seenPrice: priced.unitPrice } : line;
  }),
});

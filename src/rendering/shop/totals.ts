import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { cartWordsFor } from "./cart-words.ts";

/** What a cart or an order comes to, in minor units. */
export interface Totals {
  currency: string;
  subtotal: number;
  discount: number;
  /** `null` where nothing is shipped; before anybody knows where to, what is said instead. */
  shipping: number | "later" | "byCountry" | null;
  tax: number;
  taxIncluded: boolean;
  total: number;
}

const row = (label: string, amount: string, className = ""): Html =>
  html`<div${className ? html` class="${className}"` : nothing}><dt>${label}</dt><dd>${amount}</dd></div>`;

/** What there is to pay, and what it is made of. */
export function totalsOf(
  { currency, subtotal, discount, shipping, tax, taxIncluded, total }: Totals,
  locale: string,
): Html {
  const words = cartWordsFor(locale);
  const money = (amount: number) => moneyIn(locale, currency, amount);
  const unknown = { later: words.shippingLater, byCountry: words.shippingByCountry };
  const shipped = typeof shipping === "string" ? unknown[shipping] : shipping === 0 ? words.free : money(shipping ?? 0);
  return html`<dl class="totals">${row(words.subtotal, money(subtotal))}
${discount > 0 ? row(words.discount, money(-discount)) : nothing}
${shipping === null ? nothing : row(words.shipping, shipped)}
${tax > 0 && !taxIncluded ? row(words.tax, money(tax)) : nothing}
${row(words.total, money(total), "sum")}
${tax > 0 && taxIncluded ? row(words.taxIncluded, money(tax), "within") : nothing}</dl>`;
}

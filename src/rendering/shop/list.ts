import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { isSoldOut, lowestPrice, type SoldProduct } from "./product.ts";
import { shopWordsFor } from "./words.ts";

/** What a list shows of a product, with the address of its page. */
export interface Listed {
  product: SoldProduct;
  href: string;
  picture: Html | null;
}

/** A price as visitors read it; the lowest of several is said to be one. */
function priceOf(product: SoldProduct, locale: string): string {
  const { price, isOneOfSeveral } = lowestPrice(product);
  const shown = moneyIn(locale, product.currency, price);
  return isOneOfSeveral ? shopWordsFor(locale).from.replace("{price}", shown) : shown;
}

/** A product in a list. */
export function productCard({ product, href, picture }: Listed, locale: string, level: "h2" | "h3" = "h2"): Html {
  const words = shopWordsFor(locale);
  const link = html`<a href="${href}">${product.title}</a>`;
  const heading = level === "h2" ? html`<h2 class="entry">${link}</h2>` : html`<h3>${link}</h3>`;
  const soldOut = isSoldOut(product) ? html`<p class="gone">${words.soldOut}</p>` : nothing;
  return html`<li class="product">${picture ?? html`<div class="drawn"></div>`}${heading}<p class="price">${priceOf(product, locale)}</p>${soldOut}</li>`;
}

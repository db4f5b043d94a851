import { html, raw } from "hono/html";
import type { Album } from "../album.ts";
import { type Html, nothing } from "../blocks/kit.ts";
import { priceWords } from "./price.ts";
import { choicesOf, isSoldOut, type SoldProduct } from "./product.ts";
import { ratingOf } from "./rating.ts";
import { availabilityOf, stockWords } from "./stock.ts";
import { type ShopWords, shopWordsFor } from "./words.ts";

/** What showing products takes beside them. */
export interface Shop {
  locale: string;
  album: Album;
  /** The address of a path below the shop in this language, such as `products/rye`. */
  at(path: string): string;
  /** In a preview nothing can be bought. */
  isPreview: boolean;
}

/** Headings of entries stand one level below that of what they are in. */
export type Level = "h2" | "h3";

const headed = (level: Level, content: Html): Html =>
  level === "h2" ? html`<h2 class="entry">${content}</h2>` : html`<h3>${content}</h3>`;

/** The first picture of a product that can be shown; without one the stylesheet draws it. */
function coverOf({ images }: SoldProduct, { album }: Shop): Html {
  const found = images.map((it) => album.find("images", it)).find((it) => it !== null);
  return html`<div class="cover">${found ? raw(album.element(found, { slot: "product" })) : nothing}</div>`;
}

/** Said of what is scarce: of what there is enough of nothing is. */
function scarcity(product: SoldProduct, words: ShopWords): Html {
  if (isSoldOut(product)) return html`<p class="stock out">${words.soldOut}</p>`;
  const choices = choicesOf(product);
  const [only] = choices;
  if (choices.length > 1 || !only || availabilityOf(only.stock) !== "few") return nothing;
  return html`<p class="stock few">${stockWords(only.stock, words)}</p>`;
}

function card(product: SoldProduct, level: Level, shop: Shop): Html {
  const words = shopWordsFor(shop.locale);
  const link = html`<a href="${shop.at(`products/${product.slug}`)}">${product.title}</a>`;
  return html`<li class="product">${coverOf(product, shop)}${headed(level, link)}${ratingOf(product, shop.locale)}<p class="price">${priceWords(product, shop.locale, words)}</p>${scarcity(product, words)}</li>`;
}

/** Products beside each other. */
export const productGrid = (products: readonly SoldProduct[], level: Level, shop: Shop): Html =>
  html`<ul class="products">${products.map((it) => card(it, level, shop))}</ul>`;

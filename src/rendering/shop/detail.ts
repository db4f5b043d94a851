import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { Notes } from "../notes.ts";
import { paragraphs } from "../text/paragraphs.ts";
import { richText } from "../text/rich-text.ts";
import { buyForm } from "./buy.ts";
import type { Level, Shop } from "./grid.ts";
import { priceWords } from "./price.ts";
import type { SoldProduct } from "./product.ts";
import { ratingOf } from "./rating.ts";
import { deliveryWords } from "./stock.ts";
import { shopWordsFor } from "./words.ts";

/** Pictures of a product on its page; nobody looks at more. */
const MAX_PICTURES = 12;

/** The pictures of a product, the first one large; without any the stylesheet draws one. */
function exhibit({ images, title }: SoldProduct, { album }: Shop): Html {
  const found = images.flatMap((it) => album.find("images", it) ?? []).slice(0, MAX_PICTURES);
  if (found.length === 0) return html`<div class="exhibit"><div class="cover"></div></div>`;
  const shown = found.map((it, index) => {
    const alt = it.own?.alt || (found.length > 1 ? `${title} (${index + 1}/${found.length})` : title);
    return html`<div class="cover">${raw(album.element(it, { slot: index === 0 ? "exhibit" : "detail", alt }))}</div>`;
  });
  return html`<div class="exhibit">${shown}</div>`;
}

const HOLDS_TAGS = /<[a-z/!][^<>]*>/i;

/** A description, which may be HTML: of that, what may stand in a page. */
export const descriptionOf = ({ description }: SoldProduct, { album }: Shop): Html => {
  if (!description) return nothing;
  return HOLDS_TAGS.test(description)
    ? html`${richText(description, new Notes(), "description", album)}`
    : html`${raw(paragraphs(description))}`;
};

/** A product with all there is to say of it, and the form that puts it into the cart. `level` is its heading's. */
export function productDetail(product: SoldProduct, level: "h1" | Level, shop: Shop): Html {
  const words = shopWordsFor(shop.locale);
  const { title, sku } = product;
  const heading = { h1: html`<h1>${title}</h1>`, h2: html`<h2>${title}</h2>`, h3: html`<h3>${title}</h3>` }[level];
  const delivery = deliveryWords(product, words);
  const description = descriptionOf(product, shop);
  return html`<article class="sale">${exhibit(product, shop)}<div class="offer">${heading}${ratingOf(product, shop.locale)}
<p class="price" data-price>${priceWords(product, shop.locale, words)}</p>
${buyForm(product, shop)}
${delivery ? html`<p class="delivery">${delivery}</p>` : nothing}
${description === nothing ? nothing : html`<div class="prose">${description}</div>`}
${sku ? html`<p class="sku">${words.sku}: ${sku}</p>` : nothing}</div></article>`;
}

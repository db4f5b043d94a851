import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import type { Shop } from "./grid.ts";
import { isSoldOut, type SoldProduct, type SoldVariant } from "./product.ts";
import { availabilityOf, stockWords } from "./stock.ts";
import { type ShopWords, shopWordsFor } from "./words.ts";

/** From this many variants on they are chosen from a list that opens. */
const MAX_RADIOS = 8;
/** How many of one thing a cart takes. */
const MAX_QUANTITY = 999;

interface Choice {
  id: string;
  /** In words: what it is called, what it costs, how many there are. */
  title: string;
  price: string;
  stock: string;
  isChosen: boolean;
  isGone: boolean;
  /** What a script needs to say the same of it beside the button. */
  data: Html;
}

function choiceOf(variant: SoldVariant, product: SoldProduct, shop: Shop, words: ShopWords): Omit<Choice, "isChosen"> {
  const { id, title, stock } = variant;
  const price = moneyIn(shop.locale, product.currency, variant.price);
  const said = stockWords(stock, words);
  const availability = availabilityOf(stock);
  const data = html`data-price="${price}" data-stock="${said}" data-availability="${availability}" data-max="${stock ?? MAX_QUANTITY}"`;
  return { id, title, price, stock: said, isGone: availability === "out", data };
}

function radios(choices: Choice[], words: ShopWords): Html {
  const options = choices.map(
    (it) =>
      html`<label class="choice"><input type="radio" name="variantId" value="${it.id}" ${it.data}${it.isChosen ? raw(" checked") : nothing}${it.isGone ? raw(" disabled") : nothing}><span>${it.title}<small>${it.price} · ${it.stock}</small></span></label>`,
  );
  return html`<fieldset class="choices"><legend>${words.choose}</legend>${options}</fieldset>`;
}

function options(choices: Choice[], id: string, words: ShopWords): Html {
  const listed = choices.map(
    (it) =>
      html`<option value="${it.id}" ${it.data}${it.isChosen ? raw(" selected") : nothing}${it.isGone ? raw(" disabled") : nothing}>${it.title} · ${it.price} · ${it.stock}</option>`,
  );
  return html`<label class="field">${words.choose}<select name="variantId" id="${id}-variant">${listed}</select></label>`;
}

function choicesIn(product: SoldProduct, shop: Shop, words: ShopWords): Choice[] {
  const first = product.variants.find(({ stock }) => stock !== 0);
  return product.variants.map((it) => ({ ...choiceOf(it, product, shop, words), isChosen: it === first }));
}

/** The form that puts a product into the cart. Without a script it leads there; of what is sold out there is none. */
export function buyForm(product: SoldProduct, shop: Shop): Html {
  const words = shopWordsFor(shop.locale);
  const { id, stock, variants } = product;
  const choices = choicesIn(product, shop, words);
  const chosen = variants.find(({ stock }) => stock !== 0);
  const shownStock = variants.length > 0 ? (chosen?.stock ?? (chosen ? null : 0)) : stock;
  const said = html`<p class="stock ${availabilityOf(shownStock)}" data-stock>${stockWords(shownStock, words)}</p>`;
  if (isSoldOut(product)) {
    const names = choices.map((it) => html`<li>${it.title} <small>${it.price}</small></li>`);
    return html`${said}${names.length > 0 ? html`<ul class="gone">${names}</ul>` : nothing}`;
  }
  const choice =
    choices.length === 0 ? nothing : choices.length < MAX_RADIOS ? radios(choices, words) : options(choices, id, words);
  const quantity = html`<div class="quantity"><label for="quantity-${id}">${words.quantity}</label><input id="quantity-${id}" type="number" name="quantity" value="1" min="1" max="${Math.min(shownStock ?? MAX_QUANTITY, MAX_QUANTITY)}" inputmode="numeric" required></div>`;
  const button = html`<button class="button" type="submit"${shop.isPreview ? raw(" disabled") : nothing}>${words.addToCart}</button>`;
  return html`<form class="buy" method="post" action="${shop.at("cart")}" data-more="${words.more}" data-fewer="${words.fewer}" data-added="${words.added}" data-failed="${words.failed}" data-cart="${words.cart}">
<input type="hidden" name="action" value="add"><input type="hidden" name="productId" value="${id}">
${choice}${said}<div class="put">${quantity}${button}</div>
${shop.isPreview ? html`<p class="note">${words.preview}</p>` : html`<p class="said" role="status"></p>`}</form>`;
}

import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import type { SoldProduct } from "./product.ts";
import { shopWordsFor } from "./words.ts";

/** Stars of five, and how many have said so; nothing where nobody has. */
export function ratingOf({ rating }: Pick<SoldProduct, "rating">, locale: string): Html {
  if (!rating || rating.count === 0) return nothing;
  const average = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(rating.average);
  const forms = shopWordsFor(locale).rating;
  const form = forms[new Intl.PluralRules(locale).select(rating.count)] ?? forms.other;
  const said = form.replace("{average}", average).replace("{count}", String(rating.count));
  const stars = Math.round(rating.average);
  return html`<p class="rating"><span role="img" aria-label="${said}">${"★".repeat(stars)}${"☆".repeat(5 - stars)}</span> <small aria-hidden="true">${average} (${rating.count})</small></p>`;
}

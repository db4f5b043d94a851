import { html, raw } from "hono/html";
import { type Html, nothing } from "../../rendering/blocks/kit.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import { addressOf } from "../address.ts";
import type { Place } from "../live/page.ts";
import type { PublicSite } from "../site.ts";
import { SHOP_SLUG } from "./root.ts";

/** The way from the shop to a page of it. */
export function crumbs(site: PublicSite, locale: string, steps: Place["steps"]): Html {
  const words = shopWordsFor(locale);
  const all = [{ title: words.shop, slug: SHOP_SLUG }, ...steps];
  const entries = all.map(({ title, slug }, index) => {
    const isLast = index === all.length - 1;
    const href = addressOf(site, { locale, slug, parentId: null });
    return html`<li><a href="${href}"${isLast ? raw(' aria-current="page"') : nothing}>${title}</a></li>`;
  });
  return html`<nav class="crumbs" aria-label="${words.path}"><ol>${entries}</ol></nav>`;
}

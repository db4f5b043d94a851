import { queryShown } from "../../content/shop/products/queried.ts";
import type { Env } from "../../env.ts";
import { html } from "hono/html";
import type { Html } from "../../rendering/blocks/kit.ts";
import type { Rendered } from "../../rendering/document.ts";
import { productDetail } from "../../rendering/shop/detail.ts";
import { productGrid, type Shop } from "../../rendering/shop/grid.ts";
import { filledWith, type ProductQuery, queriesIn } from "../../rendering/shop/marker.ts";
import type { SoldProduct } from "../../rendering/shop/product.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import { type PublicSite, shownIn } from "../site.ts";
import { productAddress, shopOf } from "./shown.ts";

/** What a block shows of what was found for it; in the place of what is not there it says so. */
function shownBy({ shows, level }: ProductQuery, found: SoldProduct[], shop: Shop): Html {
  const [first] = found;
  if (!first) return html`<p class="empty">${shopWordsFor(shop.locale).empty}</p>`;
  return shows === "list" ? productGrid(found, level, shop) : productDetail(first, level, shop);
}

/** A document with the products its blocks ask for, as they are now: one query finds those of all of them, another their pictures. */
export async function filled(
  env: Env,
  site: PublicSite,
  rendered: Rendered,
  { locale, origin }: { locale: string; origin: string },
): Promise<Rendered> {
  const queries = queriesIn(rendered.main);
  const found = await queryShown(shownIn(env, site), site.siteId, queries);
  const all = [...new Map(found.flat().map((it) => [it.id, it])).values()];
  const shop = await shopOf(env, site, locale, all);
  const contents = queries.map((query, index) => shownBy(query, found[index] ?? [], shop));
  const listed = all.map((it) => ({ name: it.title, address: productAddress(site, locale, it, origin) }));
  return { ...rendered, main: filledWith(rendered.main, contents), products: { about: null, listed } };
}

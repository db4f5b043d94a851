import { html, raw } from "hono/html";
import { findCategory, listCategories, type ShownCategory } from "../../content/shop/categories/shown.ts";
import { listShown } from "../../content/shop/products/shown.ts";
import { type Html, lined, nothing } from "../../rendering/blocks/kit.ts";
import { sharedPicture } from "../../rendering/document.ts";
import { productGrid } from "../../rendering/shop/grid.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import { readableText } from "../../rendering/text/readable.ts";
import { shopAddress } from "../frame.ts";
import { shownIn } from "../site.ts";
import { SHOP_ROOT, SHOP_SLUG } from "./root.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { productAddress, shopOf } from "./shown.ts";

/** Products on one page of a list: whole rows of two, three and four. */
const PER_PAGE = 24;

/** An id of a product as an address may name it. */
const ID = /^prod_[0-9A-Z]{26}$/;

const pathOf = (category: ShownCategory | null): string => (category ? `categories/${category.slug}` : "");

/** The ways to the parts of the shop; none where it has only one. */
function filterOf({ site, locale }: LiveVisit, all: readonly ShownCategory[], current: ShownCategory | null): Html {
  if (all.length === 0) return nothing;
  const words = shopWordsFor(locale);
  const entry = (category: ShownCategory | null, name: string): Html => {
    const isCurrent = category?.slug === current?.slug;
    return html`<li><a href="${shopAddress(site, locale, pathOf(category))}"${isCurrent ? raw(' aria-current="page"') : nothing}>${name}</a></li>`;
  };
  return html`<nav class="filter" aria-label="${words.categories}"><ul>${entry(null, words.all)}${all.map((it) => entry(it, it.name))}</ul></nav>`;
}

/** One page of the products of a shop, or of one category; `null` where there is nothing on it, if it is no category's first. */
async function listed(visit: LiveVisit, category: ShownCategory | null): Promise<LiveDocument | null> {
  const { env, request, site, locale } = visit;
  const db = shownIn(env, site);
  const { searchParams, origin } = new URL(request.url);
  const named = (name: string) => searchParams.getAll(name).find((it) => ID.test(it));
  const part = { limit: PER_PAGE, after: named("after"), before: named("before") };
  const [{ items, hasMore, hasEarlier }, categories] = await Promise.all([
    listShown(db, site.siteId, { ...part, category: category?.key ?? null, locale }),
    listCategories(db, site.siteId, locale),
  ]);
  const isFirst = part.after === undefined && part.before === undefined;
  const [first, last] = [items[0], items.at(-1)];
  if (!first && !(isFirst && category)) return null;
  const shop = await shopOf(env, site, locale, items);
  const words = shopWordsFor(locale);
  const path = pathOf(category);
  const link = (rel: "prev" | "next", query: string, label: string): Html =>
    html`<a class="button quiet" rel="${rel}" href="${shopAddress(site, locale, path)}?${query}">${label}</a>`;
  const earlier = hasEarlier && first ? link("prev", `before=${first.id}`, words.previous) : nothing;
  const later = hasMore && last ? link("next", `after=${last.id}`, words.next) : nothing;
  const pages =
    hasEarlier || hasMore ? html`<nav class="pages" aria-label="${words.products}">${earlier} ${later}</nav>` : nothing;
  const title = category?.name ?? words.shop;
  const description = category?.description ? readableText(category.description).trim() : null;
  const products = first ? productGrid(items, "h2", shop) : html`<p class="empty">${words.empty}</p>`;
  const main = html`<section class="block shop"><h1>${title}</h1>${description ? html`<p class="lead">${lined(description)}</p>` : nothing}${filterOf(visit, categories, category)}${products}${pages}</section>`;
  const slug = path === "" ? SHOP_SLUG : `${SHOP_SLUG}/${path}`;
  return {
    place: { root: SHOP_ROOT, slug, steps: category ? [{ title, slug }] : [] },
    rendered: {
      ...{ title, description, isHidden: !isFirst, type: "website" },
      ...sharedPicture(shop.album.first),
      main: String(main),
      products: {
        about: null,
        listed: items.map((it) => ({ name: it.title, address: productAddress(site, locale, it, origin) })),
      },
    },
  };
}

/** The products of a shop, the newest first. */
export const listPage: LivePage = { get: (visit) => listed(visit, null) };

/** Those of a category. */
export const categoryPage: LivePage = {
  async get(visit) {
    const { env, site, locale, name } = visit;
    const category = site.hasShop ? await findCategory(shownIn(env, site), site.siteId, { slug: name }, locale) : null;
    return category && listed(visit, category);
  },
};

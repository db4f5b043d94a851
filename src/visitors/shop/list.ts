import { html } from "hono/html";
import { listShown } from "../../content/shop/products/shown.ts";
import { type Html, nothing } from "../../rendering/blocks/kit.ts";
import { productGrid } from "../../rendering/shop/grid.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import { shopAddress } from "../frame.ts";
import { shownIn } from "../site.ts";
import { SHOP_SLUG } from "../trail.ts";
import type { ShopDocument, ShopPage, ShopVisit } from "./page.ts";
import { productAddress, shopOf } from "./shown.ts";

/** Products on one page of a list: whole rows of two, three and four. */
const PER_PAGE = 24;

/** An id of a product as an address may name it. */
const ID = /^prod_[0-9A-Z]{26}$/;

/** What a list of products is of. */
interface Listed {
  title: string;
  description: string | null;
  /** Below the shop: `categories/bread`; nothing for all of it. */
  path: string;
  steps: { title: string; slug: string }[];
  categoryId: string | null;
}

/** One page of a list of products; `null` where there is nothing on it and it is not the first of a category. */
async function listed(
  visit: ShopVisit,
  { title, description, path, steps, categoryId }: Listed,
): Promise<ShopDocument | null> {
  const { env, request, site, locale } = visit;
  const { searchParams, origin } = new URL(request.url);
  const named = (name: string) => searchParams.getAll(name).find((it) => ID.test(it));
  const part = { limit: PER_PAGE, after: named("after"), before: named("before") };
  const { items, hasMore, hasEarlier } = await listShown(shownIn(env, site), site.siteId, part);
  const isFirst = part.after === undefined && part.before === undefined;
  const [first, last] = [items[0], items.at(-1)];
  if (!first && !(isFirst && categoryId !== null)) return null;
  const words = shopWordsFor(locale);
  const address = shopAddress(site, locale, path);
  const link = (rel: "prev" | "next", query: string, label: string): Html =>
    html`<a class="button" rel="${rel}" href="${address}?${query}">${label}</a>`;
  const earlier = hasEarlier && first ? link("prev", `before=${first.id}`, words.previous) : nothing;
  const later = hasMore && last ? link("next", `after=${last.id}`, words.next) : nothing;
  const pages =
    hasEarlier || hasMore ? html`<nav class="pages" aria-label="${words.products}">${earlier} ${later}</nav>` : nothing;
  const shop = await shopOf(env, site, locale, items);
  const products = first ? productGrid(items, "h2", shop) : html`<p class="empty">${words.empty}</p>`;
  const main = html`<section class="block shop"><h1>${title}</h1>${description ? html`<p class="lead">${description}</p>` : nothing}${products}${pages}</section>`;
  const shared = shop.album.first;
  return {
    place: { slug: path === "" ? SHOP_SLUG : `${SHOP_SLUG}/${path}`, steps },
    rendered: {
      ...{ title, description, image: shared?.address ?? null, isHidden: !isFirst, type: "website" },
      main: String(main),
      products: {
        about: null,
        listed: items.map((it) => ({ name: it.title, address: productAddress(site, locale, it, origin) })),
      },
    },
  };
}

/** The products of a shop, the newest first. */
export const listPage: ShopPage = {
  get: (visit) =>
    listed(visit, {
      ...{ title: shopWordsFor(visit.locale).shop, description: null, path: "", steps: [], categoryId: null },
    }),
};

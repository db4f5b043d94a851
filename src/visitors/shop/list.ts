import { html } from "hono/html";
import { listShown } from "../../content/shop/products/shown.ts";
import { nothing } from "../../rendering/blocks/kit.ts";
import { productCard } from "../../rendering/shop/list.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import { addressOf } from "../address.ts";
import { shownIn } from "../site.ts";
import { SHOP_SLUG } from "../trail.ts";
import type { ShopPage } from "./page.ts";

/** Products on one page of a list. */
const PER_PAGE = 24;

/** An id of a product as an address may name it. */
const ID = /^prod_[0-9A-Z]{26}$/;

/** The products of a shop, the newest first. */
export const listPage: ShopPage = {
  async get({ env, request, site, locale }) {
    const { searchParams } = new URL(request.url);
    const named = (name: string) => searchParams.getAll(name).find((it) => ID.test(it));
    const [after, before] = [named("after"), named("before")];
    const { items, hasMore, hasEarlier } = await listShown(shownIn(env, site), site.siteId, {
      ...{ limit: PER_PAGE, after, before },
    });
    const [first, last] = [items[0], items.at(-1)];
    if (!first || !last) return null;
    const words = shopWordsFor(locale);
    const address = (slug: string) => addressOf(site, { locale, slug, parentId: null });
    const entries = items.map((product) =>
      productCard({ product, href: address(`${SHOP_SLUG}/products/${product.slug}`), picture: null }, locale),
    );
    const earlier = hasEarlier
      ? html`<a rel="prev" href="${address(SHOP_SLUG)}?before=${first.id}">${words.previous}</a>`
      : nothing;
    const later = hasMore
      ? html`<a rel="next" href="${address(SHOP_SLUG)}?after=${last.id}">${words.next}</a>`
      : nothing;
    const pages =
      hasEarlier || hasMore
        ? html`<nav class="pages" aria-label="${words.products}">${earlier} ${later}</nav>`
        : nothing;
    const main = html`<section class="block shop"><h1>${words.shop}</h1><ul class="products">${entries}</ul>${pages}</section>`;
    const isFirst = after === undefined && before === undefined;
    return {
      place: { slug: SHOP_SLUG, steps: [], isPrivate: false },
      rendered: {
        ...{ title: words.shop, description: null, image: null, isHidden: !isFirst, type: "website" },
        main: String(main),
      },
    };
  },
};

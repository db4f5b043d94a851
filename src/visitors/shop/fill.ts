import { queryShown } from "../../content/shop/products/queried.ts";
import { queryReviews } from "../../content/reviews/queried.ts";
import type { ReadDatabase } from "../../core/storage/database.ts";
import { html } from "hono/html";
import { type Html, nothing } from "../../rendering/blocks/kit.ts";
import { productDetail } from "../../rendering/shop/detail.ts";
import { productGrid, type Shop } from "../../rendering/shop/grid.ts";
import type { ProductQuery, ShopQuery } from "../../rendering/shop/query.ts";
import type { Filler } from "../live/filling.ts";
import { reviewsOf } from "../../rendering/shop/reviews.ts";
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

/** What a block of reviews needs to know: which product they are of. */
const wantedOf = (query: ShopQuery): ProductQuery =>
  query.shows === "reviews"
    ? { by: "shop", shows: "list", products: [query.product], category: "", limit: 1, level: "h2" }
    : query;

/**
 * The products and reviews that blocks ask for, as they are now: one query finds the products of all of them, another their
 * pictures.
 */
export const fillShop: Filler<ShopQuery> = async ({ env, site, locale, origin }, queries) => {
  const db = shownIn(env, site);
  const found = await queryShown(db, site.siteId, queries.map(wantedOf), locale);
  const sold = queries.flatMap(({ shows }, index) => (shows === "reviews" ? [] : (found[index] ?? [])));
  const all = [...new Map(sold.map((it) => [it.id, it])).values()];
  const [shop, reviews] = await Promise.all([
    shopOf(env, site, locale, all),
    reviewBlocks(db, site, queries, { locale, found }),
  ]);
  const contents = queries.map((query, index) =>
    query.shows === "reviews" ? (reviews.get(query) ?? nothing) : shownBy(query, found[index] ?? [], shop),
  );
  const listed = all.map((it) => ({ name: it.title, address: productAddress(site, locale, it, origin) }));
  return { contents, products: { about: null, listed } };
};

/** What blocks of reviews show, each by its query. */
async function reviewBlocks(
  db: ReadDatabase,
  site: PublicSite,
  queries: readonly ShopQuery[],
  { locale, found }: { locale: string; found: readonly SoldProduct[][] },
): Promise<Map<ShopQuery, Html>> {
  const asked = queries.flatMap((query, index) => {
    if (query.shows !== "reviews") return [];
    // No slug is an id: of a product that is not there, nothing is found.
    const productId = query.product === "" ? null : (found[index]?.[0]?.id ?? query.product);
    return [{ query, wanted: { productId, limit: query.limit } }];
  });
  const answers = await queryReviews(
    db,
    site.siteId,
    asked.map(({ wanted }) => wanted),
  );
  const shown = answers.map(({ rating, items }) =>
    reviewsOf({ locale, siteName: site.site.name, rating, reviews: items, older: null, newest: null }),
  );
  return new Map(asked.map(({ query }, index) => [query, shown[index] as Html]));
}

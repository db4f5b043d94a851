import { asc } from "drizzle-orm";
import { listCategories } from "../../content/shop/categories/shown.ts";
import { countShown, isShown, listShown } from "../../content/shop/products/shown.ts";
import { products } from "../../content/shop/products/table.ts";
import type { ReadDatabase } from "../../core/storage/database.ts";
import { shopWordsFor } from "../../rendering/shop/words.ts";
import type { Addressed } from "../address.ts";
import { type Entry, shownLanguages } from "../find.ts";
import type { PublicSite } from "../site.ts";
import { SHOP_SLUG } from "./root.ts";

/** An address of a shop, and when what it shows was changed; of a list nobody knows. */
type ShopAddress = Addressed & { updatedAt: string | null };

const at = (locale: string, path: string): Addressed => ({ locale, slug: `${SHOP_SLUG}${path}`, parentId: null });

/** The languages a shop is shown in: those of the site's pages, or its own alone. */
async function languagesOf(db: ReadDatabase, site: PublicSite): Promise<string[]> {
  const shown = await shownLanguages(db, site);
  return shown.length > 0 ? shown : [site.site.locale];
}

/** How many addresses a shop has for search engines: of its lists and its products, in each language. */
export async function countShopAddresses(db: ReadDatabase, site: PublicSite): Promise<number> {
  if (!site.hasShop) return 0;
  const [languages, categories, count] = await Promise.all([
    languagesOf(db, site),
    listCategories(db, site.siteId, site.site.locale),
    countShown(db, site.siteId),
  ]);
  return languages.length * (1 + categories.length + count);
}

/** The addresses of a shop in a lasting order: of the lists, then of each product, one language after the other. */
export async function shopAddresses(
  db: ReadDatabase,
  site: PublicSite,
  { limit, offset }: { limit: number; offset: number },
): Promise<ShopAddress[]> {
  if (!site.hasShop || limit <= 0) return [];
  const [languages, categories] = await Promise.all([
    languagesOf(db, site),
    listCategories(db, site.siteId, site.site.locale),
  ]);
  const paths = ["", ...categories.map(({ slug }) => `/categories/${slug}`)];
  const lists = paths.flatMap((path) => languages.map((it) => ({ ...at(it, path), updatedAt: null })));
  const from = Math.max(offset - lists.length, 0);
  const first = Math.floor(from / languages.length);
  const rows = await db
    .select({ slug: products.slug, updatedAt: products.updatedAt })
    .from(products)
    .where(isShown(site.siteId))
    .orderBy(asc(products.createdAt), asc(products.id))
    .limit(Math.ceil(limit / languages.length) + 1)
    .offset(first);
  const sold = rows.flatMap(({ slug, updatedAt }) =>
    languages.map((it) => ({ ...at(it, `/products/${slug}`), updatedAt: new Date(updatedAt).toISOString() })),
  );
  const skipped = from - first * languages.length;
  return [...lists.slice(offset), ...sold.slice(skipped)].slice(0, limit);
}

/** What a list of a site's documents says of its shop: the lists, and the newest products. */
export async function shopEntries(
  db: ReadDatabase,
  site: PublicSite,
  { locale, limit }: { locale: string; limit: number },
): Promise<Entry[]> {
  if (!site.hasShop) return [];
  const [categories, { items }] = await Promise.all([
    listCategories(db, site.siteId, locale),
    listShown(db, site.siteId, { limit, category: null, locale }),
  ]);
  const list = { ...at(locale, ""), title: shopWordsFor(locale).shop, description: null };
  return [
    list,
    ...categories.map(({ slug, name }) => ({ ...at(locale, `/categories/${slug}`), title: name, description: null })),
    ...items.map(({ slug, title }) => ({ ...at(locale, `/products/${slug}`), title, description: null })),
  ];
}

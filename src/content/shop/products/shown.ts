import { and, asc, desc, eq, type InferSelectModel, type SQL, sql } from "drizzle-orm";
import { collectionCounts } from "../../../core/storage/counts.ts";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import { foldedText } from "../../../core/storage/folded.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { rated } from "../../reviews/rated.ts";
import { products } from "./table.ts";

type Row = Pick<InferSelectModel<typeof products>, keyof typeof SHOWN>;

/** What visitors see of a product: not where a digital one is to be had. */
export const SHOWN = {
  id: products.id,
  title: products.title,
  slug: products.slug,
  description: products.description,
  price: products.price,
  currency: products.currency,
  images: products.images,
  category: products.category,
  sku: products.sku,
  stock: products.stock,
  type: products.type,
  translations: products.translations,
  variants: products.variants,
};

/** A row as visitors see it in a language, before its reviews are looked up: what a variant leaves out is the product's. */
export const soldOf = ({ variants, translations, ...row }: Row, locale: string): SoldProduct => ({
  ...row,
  ...translations[locale],
  rating: null,
  variants: variants.map(({ id, title, sku, price, stock, image }) => ({
    ...{ id, title, sku, image },
    price: price ?? row.price,
    stock: stock ?? row.stock,
  })),
});

/** Whether a product of a site is shown. */
export const isShown = (siteId: string): SQL | undefined => and(eq(products.siteId, siteId), eq(products.active, true));

/** Whether a product is in a category, by what it calls it by, folded. */
const isIn = (key: string | null): SQL | undefined =>
  key === null ? undefined : sql`${foldedText(products.folded, products.category)} = ${key}`;

/** The counter of active products, which triggers keep in the scope of their site. */
export const SHOWN_COUNT = "products:1";

/** Which part of a list: what comes after a product or before one, in the list's order; from its beginning without either. */
export interface Part {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
  /** The `key` of a category; `null` for all of them. */
  category: string | null;
  locale: string;
}

/** Products on a page of a list, and whether there are more on either side. */
export interface ListedProducts {
  items: SoldProduct[];
  hasMore: boolean;
  hasEarlier: boolean;
}

/** The active products of a site, the newest first. Reads no more rows of a long list than of a short one. */
export async function listShown(
  db: ReadDatabase,
  siteId: string,
  { limit, after, before, category, locale }: Part,
): Promise<ListedProducts> {
  const at = (id: string) =>
    sql`(SELECT ${products.createdAt}, ${products.id} FROM ${products} WHERE ${and(eq(products.siteId, siteId), eq(products.id, id))})`;
  const place = sql`(${products.createdAt}, ${products.id})`;
  const isBackwards = before !== undefined;
  const named = before ?? after;
  const isBeyond = (id: string) => (isBackwards ? sql`${place} > ${at(id)}` : sql`${place} < ${at(id)}`);
  const order = isBackwards ? asc : desc;
  const rows = await db
    .select(SHOWN)
    .from(products)
    .where(and(isShown(siteId), isIn(category), named === undefined ? undefined : isBeyond(named)))
    .orderBy(order(products.createdAt), order(products.id))
    .limit(limit + 1);
  const isMore = rows.length > limit;
  const items = await rated(
    db,
    siteId,
    rows.slice(0, limit).map((row) => soldOf(row, locale)),
  );
  if (isBackwards) return { items: items.reverse(), hasMore: true, hasEarlier: isMore };
  return { items, hasMore: isMore, hasEarlier: named !== undefined };
}

/** The active product of a slug; `null` where there is none. */
export async function findShown(
  db: ReadDatabase,
  siteId: string,
  { slug, locale }: { slug: string; locale: string },
): Promise<SoldProduct | null> {
  const [row] = await db
    .select(SHOWN)
    .from(products)
    .where(and(isShown(siteId), eq(products.slug, slug)));
  const [product = null] = await rated(db, siteId, row ? [soldOf(row, locale)] : []);
  return product;
}

/** How many products of a site are shown: one row, however many there are. */
export async function countShown(db: ReadDatabase, siteId: string): Promise<number> {
  const { scope, name, n } = collectionCounts;
  const [counted] = await db
    .select({ n })
    .from(collectionCounts)
    .where(and(eq(scope, siteId), eq(name, SHOWN_COUNT)));
  return counted?.n ?? 0;
}

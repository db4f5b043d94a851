import { and, asc, desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import { collectionCounts } from "../../../core/storage/counts.ts";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { rated } from "../../reviews/rated.ts";
import { products } from "./table.ts";

type Row = Pick<InferSelectModel<typeof products>, keyof typeof SHOWN>;

/** What visitors see of a product. */
export const SHOWN = {
  id: products.id,
  title: products.title,
  slug: products.slug,
  description: products.description,
  price: products.price,
  currency: products.currency,
  images: products.images,
  sku: products.sku,
  stock: products.stock,
  type: products.type,
  variants: products.variants,
};

/** A row as visitors see it, before its reviews are looked up: what a variant leaves out is the product's. */
export const soldOf = ({ variants, ...row }: Row): SoldProduct => ({
  ...row,
  rating: null,
  variants: variants.map((it) => ({ ...it, price: it.price ?? row.price, stock: it.stock ?? row.stock })),
});

/** Whether a product of a site is shown. */
export const isShown = (siteId: string) => and(eq(products.siteId, siteId), eq(products.active, true));

/** The counter of active products, which triggers keep in the scope of their site. */
export const SHOWN_COUNT = "products:1";

/** Which part of a list: what comes after a product or before one, in the list's order; from its beginning without either. */
export interface Part {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
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
  { limit, after, before }: Part,
): Promise<ListedProducts> {
  const at = (id: string) =>
    sql`(SELECT ${products.createdAt}, ${products.id} FROM ${products} WHERE ${and(eq(products.siteId, siteId), eq(products.id, id))})`;
  const place = sql`(${products.createdAt}, ${products.id})`;
  const isBackwards = before !== undefined;
  const named = before ?? after;
  const isWithin =
    named === undefined ? undefined : isBackwards ? sql`${place} > ${at(named)}` : sql`${place} < ${at(named)}`;
  const order = isBackwards ? asc : desc;
  const rows = await db
    .select(SHOWN)
    .from(products)
    .where(and(isShown(siteId), isWithin))
    .orderBy(order(products.createdAt), order(products.id))
    .limit(limit + 1);
  const isMore = rows.length > limit;
  const items = await rated(db, siteId, rows.slice(0, limit).map(soldOf));
  if (isBackwards) return { items: items.reverse(), hasMore: true, hasEarlier: isMore };
  return { items, hasMore: isMore, hasEarlier: named !== undefined };
}

/** The active product of a slug; `null` where there is none. */
export async function findShown(db: ReadDatabase, siteId: string, slug: string): Promise<SoldProduct | null> {
  const [row] = await db
    .select(SHOWN)
    .from(products)
    .where(and(isShown(siteId), eq(products.slug, slug)));
  const [product = null] = await rated(db, siteId, row ? [soldOf(row)] : []);
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

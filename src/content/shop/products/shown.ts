import { and, asc, desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { products } from "./table.ts";

type Row = Pick<InferSelectModel<typeof products>, keyof typeof SHOWN>;

const SHOWN = {
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

const soldOf = ({ variants, ...row }: Row): SoldProduct => ({
  ...row,
  variants: variants.map((it) => ({ ...it, price: it.price ?? row.price, stock: it.stock ?? row.stock })),
});

const isShown = (siteId: string) => and(eq(products.siteId, siteId), eq(products.active, true));

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
  const items = rows.slice(0, limit).map(soldOf);
  if (isBackwards) return { items: items.reverse(), hasMore: true, hasEarlier: isMore };
  return { items, hasMore: isMore, hasEarlier: named !== undefined };
}

import type { z } from "@hono/zod-openapi";
import { notFound } from "../../../core/errors.ts";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { availabilityOf } from "../../../rendering/shop/stock.ts";
import { findCategory } from "../categories/shown.ts";
import { findShown, listShown } from "./shown.ts";
import type { ShopProductSchema, ShopProductsSchema } from "./shown-contract.ts";

type ShopProduct = z.input<typeof ShopProductSchema>;

const NAMES = { in: "in_stock", few: "few_left", out: "sold_out" } as const;

/** What is left of something, as visitors are told: how many there are is nobody's business while there are enough. */
const leftOf = (stock: number | null) => {
  const availability = availabilityOf(stock);
  return { availability: NAMES[availability], left: availability === "few" ? stock : null };
};

/** A product as a shop with pages of its own is told of it. */
const toldOf = ({ stock, variants, ...product }: SoldProduct): ShopProduct => {
  const isGone = variants.length > 0 && variants.every((it) => it.stock === 0);
  return {
    ...product,
    ...leftOf(isGone ? 0 : stock),
    variants: variants.map(({ stock, ...variant }) => ({ ...variant, ...leftOf(stock) })),
  };
};

/** The active product of a slug, in a language. */
export async function tellProduct(
  db: ReadDatabase,
  siteId: string,
  named: { slug: string; locale: string },
): Promise<ShopProduct> {
  const product = await findShown(db, siteId, named);
  if (!product) throw notFound("Product");
  return toldOf(product);
}

/** Active products, the newest first; `category` is the slug of one. */
export async function tellProducts(
  db: ReadDatabase,
  siteId: string,
  asked: { category: string | undefined; after: string | undefined; limit: number; locale: string },
): Promise<z.input<typeof ShopProductsSchema>> {
  const { category: slug, locale } = asked;
  const category = slug === undefined ? null : await findCategory(db, siteId, { slug }, locale);
  if (slug !== undefined && !category) throw notFound("Category");
  const { items, hasMore } = await listShown(db, siteId, { ...asked, category: category?.key ?? null });
  return { items: items.map(toldOf), hasMore };
}

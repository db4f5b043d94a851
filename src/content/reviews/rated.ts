import type { ReadDatabase } from "../../core/storage/database.ts";
import type { SoldProduct } from "../../rendering/shop/product.ts";
import { ratingsOf } from "./ratings.ts";

/** Products as they are shown, with what their reviews give them. One query for all of them. */
export async function rated<Product extends SoldProduct>(
  db: ReadDatabase,
  siteId: string,
  products: readonly Product[],
): Promise<Product[]> {
  if (products.length === 0) return [];
  const ratings = await ratingsOf(
    db,
    siteId,
    products.map(({ id }) => id),
  );
  return products.map((product) => {
    const { average = null, count = 0 } = ratings.get(product.id) ?? {};
    return { ...product, rating: average === null ? null : { average, count } };
  });
}

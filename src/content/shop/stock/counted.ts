import { and, eq, type SQL, sql } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { products } from "../products/table.ts";

/** So many of a product, or of one of its variants. */
export interface StockLine {
  productId: string;
  /** `null` for the product itself. */
  variantId: string | null;
  quantity: number;
}

/**
 * What each line counts against at the moment this is run, as a query: `nth` (its place among the lines), `quantity`,
 * `product`, `item` (the variant whose own stock it is; NULL for the product's), `there` (how many there are; NULL: not counted), `gone` (1 when
 * there is no such product or variant any more). A variant without a stock of its own shares the product's.
 */
export function countedStock(ctx: Ctx, siteId: string, lines: readonly StockLine[]): SQL {
  const sent = JSON.stringify(lines.map(({ productId, variantId, quantity }) => [productId, variantId, quantity]));
  const isProduct = and(eq(products.siteId, siteId), sql`${products.id} = line.value ->> 0`);
  const gone = sql`(${products.id} IS NULL OR (line.value ->> 1 IS NOT NULL AND variant.key IS NULL))`;
  const own = sql`variant.value ->> 'stock'`;
  return sql`SELECT line.key AS nth, line.value ->> 2 AS quantity, ${products.id} AS product,
      CASE WHEN ${own} IS NOT NULL THEN line.value ->> 1 END AS item,
      CASE WHEN NOT ${gone} THEN coalesce(${own}, ${products.stock}) END AS there, ${gone} AS gone
    FROM json_each(${sent}) AS line LEFT JOIN ${products} ON ${scoped(ctx, products, isProduct)}
      LEFT JOIN json_each(${products.variants}) AS variant ON variant.value ->> 'id' = line.value ->> 1`;
}

/** Finds the first line that wants more than is left after those before it: `found` is its place, a comma and what is left. */
export function shortStock(ctx: Ctx, siteId: string, lines: readonly StockLine[]): SQL {
  const wanted = sql`sum(quantity) OVER (PARTITION BY product, item ORDER BY nth)`;
  return sql`SELECT nth || ',' || CASE WHEN gone THEN 0 ELSE max(0, there - wanted + quantity) END AS found
    FROM (SELECT *, ${wanted} AS wanted FROM (${countedStock(ctx, siteId, lines)}))
    WHERE gone OR wanted > there ORDER BY nth`;
}

import { eq, type SQL, sql } from "drizzle-orm";
import { randomIdOf } from "../../../core/ids.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { jsonObject } from "../../pages/page-json.ts";
import { products, type Variant } from "../products/table.ts";
import type { StockLevel } from "./contract.ts";
import { STOCK_EVENTS } from "./events.ts";

/** What the site says of products that say nothing themselves; older settings may hold anything. */
const siteLimit = (siteId: string): SQL =>
  sql`(SELECT CASE json_type(${sites.settings}, '$.shop.lowStockAt') WHEN 'integer' THEN ${sites.settings} ->> '$.shop.lowStockAt' END
    FROM ${sites} WHERE ${eq(sites.id, siteId)})`;

/**
 * Stages `stock.low` for each stock that a change makes low and that was not. `levels` is a query of `product`, `item` (the
 * variant whose stock it is; NULL: the product's), `was` and `becomes` (NULL: not counted), `atMost` how many those are.
 */
export function announceLow(ctx: Ctx, siteId: string, levels: SQL, atMost: number): void {
  const limit = sql`coalesce(${products.lowStockAt}, ${siteLimit(siteId)})`;
  const ofVariant = (field: keyof Variant) =>
    sql`(SELECT value ->> ${field} FROM json_each(${products.variants}) WHERE value ->> 'id' = level.item)`;
  const data = jsonObject<StockLevel>({
    productId: products.id,
    variantId: sql`level.item`,
    title: sql`${products.title} || coalesce(', ' || ${ofVariant("title")}, '')`,
    sku: sql`coalesce(${ofVariant("sku")}, ${products.sku})`,
    stock: sql`level.becomes`,
    lowStockAt: limit,
  });
  const isLow = sql`(level.was IS NULL OR level.was > ${limit}) AND level.becomes <= ${limit}`;
  const from = sql`FROM (${levels}) AS level JOIN ${products} ON ${scoped(ctx, products, sql`${products.id} = level.product`)}
    WHERE ${isLow}`;
  ctx.unit.emitEach(STOCK_EVENTS.low, siteId, { id: randomIdOf, data, from, atMost });
}

interface Stocked {
  id: string;
  siteId: string;
  stock: number | null;
  variants: readonly Variant[];
}

const stocksOf = ({ stock, variants }: Stocked): [item: string | null, stock: number | null][] => [
  [null, stock],
  ...variants.map((it): [string, number | null] => [it.id, it.stock]),
];

/** The same for a product that its owner changes. */
export function announceLowOf(ctx: Ctx, before: Stocked, row: Stocked): void {
  const were = new Map(stocksOf(before));
  const moved = stocksOf(row)
    .map(([item, becomes]) => [item, were.get(item) ?? null, becomes])
    .filter(([, was, becomes]) => was !== becomes);
  if (moved.length === 0) return;
  const levels = sql`SELECT ${row.id} AS product, value ->> 0 AS item, value ->> 1 AS was, value ->> 2 AS becomes
    FROM json_each(${JSON.stringify(moved)})`;
  announceLow(ctx, row.siteId, levels, moved.length);
}

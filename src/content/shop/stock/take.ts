import { type SQL, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { name } from "../../../core/storage/names.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { products } from "../products/table.ts";
import { announceLow } from "./low.ts";
import { countedStock, type StockLine, shortStock } from "./counted.ts";

/** A line of an order, with the path of the field that says how many: `items.0.quantity`. */
export interface OrderedLine extends StockLine {
  at: string;
  /** Whether its stock was counted when the order was priced, which notes what it took. */
  isCounted: boolean;
}

/** The variants of a product after the move, in their order. */
const movedVariants = (sign: SQL): SQL =>
  sql`(SELECT json_group_array(json(CASE WHEN moved.item IS NULL THEN variant.value ELSE
      json_set(variant.value, '$.stock', (variant.value ->> 'stock') ${sign} moved.quantity) END) ORDER BY variant.key)
    FROM json_each(${products.variants}) AS variant
      LEFT JOIN moved ON moved.product = ${products.id} AND moved.item = variant.value ->> 'id')`;

/**
 * Stages stock to go (`-`) or to come (`+`): of each product once, however many lines name it. It is a new version of the
 * product, which keeps no earlier one and announces nothing: orders tell what was bought.
 */
function stageMove(ctx: Ctx, siteId: string, lines: readonly StockLine[], sign: SQL): void {
  const moving = lines.filter(({ quantity }) => quantity > 0);
  if (moving.length === 0) return;
  const own = sql`coalesce((SELECT quantity FROM moved WHERE product = ${products.id} AND item IS NULL), 0)`;
  ctx.unit.stage(sql`WITH moved AS MATERIALIZED (SELECT product, item, sum(quantity) AS quantity
      FROM (${countedStock(ctx, siteId, moving)}) WHERE there IS NOT NULL GROUP BY product, item)
    UPDATE ${products} SET ${name(products.stock)} = ${products.stock} ${sign} ${own},
      ${name(products.variants)} = ${movedVariants(sign)},
      ${name(products.version)} = ${products.version} + 1,
      ${name(products.updatedAt)} = ${laterThan(products.updatedAt, ctx.now)}
    WHERE ${products.id} IN (SELECT product FROM moved)`);
}

/**
 * Stages what an order takes off the stock of a site's products. The commit settles who gets the last ones: 409 at the
 * first line that there is not enough for, saying how many are left. Lines that share a stock are counted together. Where
 * a stock has begun to be counted meanwhile, or is no longer, the order is made again.
 */
export function takeStock(ctx: Ctx, siteId: string, lines: readonly OrderedLine[]): void {
  ctx.unit.requireNone(shortStock(ctx, siteId, lines), (found) => {
    const [nth, left] = found.split(",").map(Number) as [number, number];
    return conflict(
      (lines[nth] as OrderedLine).at,
      left === 0 ? "None are left in stock." : `Only ${left} left in stock.`,
    );
  });
  const counted = JSON.stringify(lines.map(({ isCounted }) => Number(isCounted)));
  const isOther = sql`(there IS NOT NULL) <> (${counted} ->> ('$[' || nth || ']'))`;
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM (${countedStock(ctx, siteId, lines)}) WHERE NOT gone AND ${isOther})`);
  const levels = sql`SELECT product, item, there AS was, there - sum(quantity) AS becomes
    FROM (${countedStock(ctx, siteId, lines)}) WHERE there IS NOT NULL GROUP BY product, item`;
  announceLow(ctx, siteId, levels, lines.length);
  stageMove(ctx, siteId, lines, sql.raw("-"));
}

/** Stages the return of what an order took, to the stock that counts by then. What is gone or not counted takes none. */
export const returnStock = (ctx: Ctx, siteId: string, lines: readonly StockLine[]): void =>
  stageMove(ctx, siteId, lines, sql.raw("+"));

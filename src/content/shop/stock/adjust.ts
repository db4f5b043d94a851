import { conflict, invalid } from "../../../core/errors.ts";
import { type ExpectedVersions, requireUnchanged } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { PRODUCTS } from "../products/resource.ts";
import { type AdjustStock, MAX_STOCK } from "./contract.ts";

/** What a stock becomes. Throws a conflict for one that is not counted, or of which more is to go than there is. */
function adjusted(stock: number | null, { set, change = 0 }: AdjustStock): number | null {
  if (set !== undefined) return set;
  if (stock === null) throw conflict("change", "The stock is not counted: set it first.");
  if (stock + change < 0)
    throw conflict("change", stock === 0 ? "None are left in stock." : `Only ${stock} left in stock.`);
  if (stock + change > MAX_STOCK) throw invalid("change", `makes the stock more than ${MAX_STOCK}`);
  return stock + change;
}

/**
 * Stages another stock of a product, or of one of its variants, as a change of the product. Whatever is sold at the same
 * moment counts: then it is made again, of the stock there is by then.
 */
export async function adjustStock(
  ctx: Ctx,
  {
    siteId,
    id,
    body,
    expectedVersions,
  }: { siteId: string; id: string; body: AdjustStock; expectedVersions?: ExpectedVersions },
) {
  const before = await findItem(ctx, PRODUCTS, { siteId, id });
  requireUnchanged(ctx.unit, PRODUCTS.table, before);
  const { variantId = null, set } = body;
  const variant = before.variants.find((it) => it.id === variantId);
  if (variantId !== null && !variant) throw invalid("variantId", "is not a variant of this product");
  // A variant that shares the product's stock moves that, unless it is given one of its own.
  const isOwn = variant !== undefined && (variant.stock !== null || set !== undefined);
  const stock = adjusted(isOwn ? variant.stock : before.stock, body);
  const variants = before.variants.map((it) => (it === variant ? { ...it, stock } : it));
  const changes = isOwn ? { variants } : { stock };
  return PRODUCTS.verbs.update({ ctx, input: { siteId, id, changes, expectedVersions } });
}

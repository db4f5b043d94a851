import type { Ctx } from "../../../core/work/context.ts";
import { returnStock } from "../stock/take.ts";
import type { OrderItem, OrderRow } from "./table.ts";

/**
 * Stages the return of items to the stock: `quantities` by their place in the order, or all that are off it. Answers the
 * items as they are then. What is back does not come back again.
 */
export function putBack(ctx: Ctx, { siteId, items }: OrderRow, quantities?: readonly number[]): OrderItem[] {
  const back = items.map(({ taken }, index) => Math.min(taken, quantities ? (quantities[index] ?? 0) : taken));
  const lines = items.map(({ productId, variantId }, index) => ({
    productId,
    variantId,
    quantity: back[index] as number,
  }));
  const moved = lines.filter(({ quantity }) => quantity > 0);
  if (moved.length > 0) returnStock(ctx, siteId, moved);
  return items.map((item, index) => ({ ...item, taken: item.taken - (back[index] as number) }));
}

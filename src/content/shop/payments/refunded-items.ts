import { invalid } from "../../../core/errors.ts";
import type { OrderItem, OrderRow } from "../orders/table.ts";
import { halfUp } from "../pricing/exact.ts";
import type { Refund } from "./contract.ts";

/** How many of each item of an order a refund names, by the items' places. */
export function quantitiesOf(items: readonly OrderItem[], sent: NonNullable<Refund["items"]>): number[] {
  const quantities = items.map(() => 0);
  for (const [index, { item, quantity }] of sent.entries()) {
    const ordered = items[item];
    if (!ordered) throw invalid(`items.${index}.item`, `must be at most ${items.length - 1}`);
    if (quantities[item] !== 0) throw invalid(`items.${index}.item`, "is named twice");
    if (quantity > ordered.quantity) throw invalid(`items.${index}.quantity`, `must be at most ${ordered.quantity}`);
    quantities[item] = quantity;
  }
  return quantities;
}

/** What was paid for so many of an item: its price less the discount, with its tax; halves of a minor unit up. */
function priceOfItem({ total, discount, tax, quantity }: OrderItem, taxIncluded: boolean, wanted: number): number {
  const paid = total - discount + (taxIncluded ? 0 : tax);
  return halfUp(BigInt(paid) * BigInt(wanted), BigInt(quantity));
}

/** What was paid for so many of each item of an order, in minor units. */
export const priceOf = ({ items, taxIncluded }: OrderRow, quantities: readonly number[]): number =>
  items.reduce((sum, item, index) => sum + priceOfItem(item, taxIncluded, quantities[index] ?? 0), 0);

import { type Cart, type CartLine, isKeepable, MAX_QUANTITY } from "./cart-cookie.ts";
import { lineName } from "./cart-lines.ts";
import type { SentForm } from "../live/sent-form.ts";

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** How many, as a form says it; `null` for what is no such number. */
function quantityOf(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Math.min(Number(text), MAX_QUANTITY) : null;
}

function added(lines: CartLine[], form: SentForm): CartLine[] {
  const [productId, variantId] = [form.text("productId"), form.text("variantId") || null];
  const quantity = form.has("quantity") ? quantityOf(form.text("quantity")) : 1;
  if (!ID.test(productId) || (variantId !== null && !ID.test(variantId)) || !quantity) return lines;
  const name = lineName({ productId, variantId });
  const there = lines.find((it) => lineName(it) === name);
  if (!there) return [...lines, { productId, variantId, quantity, seenPrice: 0 }];
  const more = { ...there, quantity: Math.min(there.quantity + quantity, MAX_QUANTITY) };
  return lines.map((it) => (it === there ? more : it));
}

/**
 * A cart as a form changes it. `action=add` puts `quantity` of `productId` (and `variantId`) into it, `remove` names a line
 * that goes, and `quantity:…` says how many of a line there are to be: none takes it out. Numbers that are none change
 * nothing.
 */
export function changedCart(cart: Cart, form: SentForm): { cart: Cart; isFull: boolean } {
  const isAdding = form.text("action") === "add";
  const removed = form.text("remove");
  const kept = cart.lines
    .filter((it) => lineName(it) !== removed)
    .map((it) => ({ ...it, quantity: quantityOf(form.text(`quantity:${lineName(it)}`)) ?? it.quantity }))
    .filter(({ quantity }) => quantity > 0);
  const changed = { ...cart, lines: isAdding ? added(kept, form) : kept };
  return { cart: changed, isFull: !isKeepable(changed) };
}

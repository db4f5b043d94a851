import type { z } from "@hono/zod-openapi";
import { OrderBodies } from "../../content/shop/orders/contract.ts";
import type { CheckoutWords } from "../../rendering/shop/checkout-words.ts";
import type { Typed } from "../../rendering/shop/checkout-page.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import type { Cart } from "./cart-cookie.ts";
import type { SentForm } from "../live/sent-form.ts";

/** Fields of the form, in its order. */
const ADDRESS = ["line1", "line2", "postalCode", "city", "region", "country"] as const;
const CUSTOMER = ["customerName", "customerEmail", "customerPhone"] as const;
const FIELDS = [...CUSTOMER, ...ADDRESS, "shippingMethod", "note", "couponCode", "acceptTerms"];
/** No field of the form takes more. */
const MAX_LENGTH = 4_000;

/** What a visitor has typed, as it is shown again. */
export const typedIn = (form: SentForm): Typed =>
  Object.fromEntries(FIELDS.map((name) => [name, form.text(name).slice(0, MAX_LENGTH)]));

/** What the address of a checkout names: all that its totals depend on, and nothing of who buys. */
export function askedIn(request: Request): Typed {
  const { searchParams } = new URL(request.url);
  const named = ["country", "shippingMethod", "couponCode"].filter((name) => searchParams.get(name));
  return Object.fromEntries(named.map((name) => [name, searchParams.get(name)?.slice(0, MAX_LENGTH) ?? ""]));
}

type Body = z.output<typeof OrderBodies.create>;

function messageFor(field: string, typed: Typed, words: CheckoutWords): string {
  if (!typed[field]) return words.required;
  if (field === "customerEmail") return words.wrongEmail;
  return field === "couponCode" ? words.wrongCoupon : words.wrong;
}

/** The order that a form asks for, or what is wrong with its fields. */
export function orderIn(
  typed: Typed,
  cart: Cart,
  { isShipped, words }: { isShipped: boolean; words: CheckoutWords },
): { body: Body | null; problems: Problem[] } {
  const orNull = (name: string) => typed[name] || null;
  const address = { ...Object.fromEntries(ADDRESS.map((name) => [name, typed[name] ?? ""])) };
  const parsed = OrderBodies.create.safeParse({
    customerName: typed.customerName,
    customerEmail: typed.customerEmail,
    customerPhone: orNull("customerPhone"),
    shippingAddress: isShipped ? { ...address, line2: orNull("line2"), region: orNull("region") } : null,
    items: cart.lines.map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity })),
    couponCode: orNull("couponCode"),
    shippingMethod: orNull("shippingMethod"),
    note: orNull("note"),
  });
  if (parsed.success) return { body: parsed.data, problems: [] };
  const wrong = new Set(
    parsed.error.issues.map(({ path }) => String(path[0] === "shippingAddress" ? path[1] : path[0])),
  );
  const named = FIELDS.filter((name) => wrong.has(name));
  return { body: null, problems: named.map((field) => ({ field, message: messageFor(field, typed, words) })) };
}

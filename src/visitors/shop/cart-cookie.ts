import { toBase64Url } from "../../core/vault.ts";
import type { PublicSite } from "../site.ts";

/** A line of a visitor's cart. */
export interface CartLine {
  productId: string;
  variantId: string | null;
  quantity: number;
  /** The price of one when it was last shown, in minor units. */
  seenPrice: number;
}

/** What a visitor's browser keeps of what is to be bought. */
export interface Cart {
  /** Names the order it will become: one cart makes one order, from however many tabs it is sent. */
  key: string;
  couponCode: string | null;
  lines: CartLine[];
}

/** Lines of a cart, and how many of one thing. */
export const MAX_LINES = 50;
export const MAX_QUANTITY = 999;
/** Characters of a cookie's value: browsers keep 4,096 with its name and attributes. */
const MAX_LENGTH = 3_800;
const MAX_AGE_S = 30 * 86_400;
const KEY_BYTES = 16;

const ID = "[A-Za-z0-9_-]{1,64}";
const LINE = new RegExp(`^(${ID}):(${ID})?:([1-9]\\d{0,2}):([0-9a-z]{1,8})$`);
/** What a cart is named by. */
export const CART_KEY = /^[A-Za-z0-9_-]{22}$/;
const COUPON = /^[A-Z0-9_-]{0,40}$/;

/** A cart of one site is another site's under no circumstances, not even where their addresses are alike. */
const nameOf = ({ siteId }: PublicSite): string => `cart-${siteId}`;

/** A cart with nothing in it. */
export const newCart = (): Cart => ({
  key: toBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES))),
  couponCode: null,
  lines: [],
});

function lineOf(text: string): CartLine | null {
  const [, productId, variantId, quantity, price] = LINE.exec(text) ?? [];
  if (!productId) return null;
  return { productId, variantId: variantId ?? null, quantity: Number(quantity), seenPrice: parseInt(price ?? "", 36) };
}

/** The cart of a request's cookie, which anybody may have written: what is not as we write it is no cart. */
export function cartOf(request: Request, site: PublicSite): Cart | null {
  const prefix = `${nameOf(site)}=`;
  const cookies = (request.headers.get("Cookie") ?? "").split(";").map((it) => it.trim());
  const value = cookies.find((it) => it.startsWith(prefix))?.slice(prefix.length);
  if (value === undefined || value.length > MAX_LENGTH) return null;
  const [key = "", coupon = "", ...rest] = value.split(".");
  if (!CART_KEY.test(key) || !COUPON.test(coupon) || rest.length > MAX_LINES) return null;
  const lines = rest.map(lineOf);
  if (!lines.every((it) => it !== null)) return null;
  const names = new Set(lines.map(({ productId, variantId }) => `${productId}:${variantId}`));
  return names.size < lines.length ? null : { key, couponCode: coupon || null, lines };
}

const written = ({ key, couponCode, lines }: Cart): string =>
  [
    ...[key, couponCode ?? ""],
    ...lines.map((it) => `${it.productId}:${it.variantId ?? ""}:${it.quantity}:${it.seenPrice.toString(36)}`),
  ].join(".");

/** Whether a cart is small enough to be kept by a browser. */
export const isKeepable = (cart: Cart): boolean => cart.lines.length <= MAX_LINES && written(cart).length <= MAX_LENGTH;

/** `Set-Cookie` of a cart; `null` ends it. Only the site's own pages are sent it, and no script reads it. */
export function cartCookie(request: Request, site: PublicSite, cart: Cart | null): string {
  const isSecure = new URL(request.url).protocol === "https:";
  return [
    `${nameOf(site)}=${cart ? written(cart) : ""}`,
    `Path=${site.base}/`,
    `Max-Age=${cart ? MAX_AGE_S : 0}`,
    ...["HttpOnly", "SameSite=Lax"],
    ...(isSecure ? ["Secure"] : []),
  ].join("; ");
}

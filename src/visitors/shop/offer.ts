import { type PricedCart, priceCart } from "../../content/shop/checkout/cart.ts";
import { CouponCodeSchema } from "../../content/shop/coupons/contract.ts";
import { ANYWHERE } from "../../content/shop/settings/places.ts";
import { type ShopSettings, shopSettingsOf } from "../../content/shop/settings/settings.ts";
import { businessOf } from "../../content/sites/business.ts";
import { findSite } from "../../content/sites/service.ts";
import { COUNTRIES } from "../../core/countries.ts";
import { EmailSchema } from "../../core/fields.ts";
import { sha256 } from "../../core/sha256.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Typed } from "../../rendering/shop/checkout-page.ts";
import type { CheckoutWords } from "../../rendering/shop/checkout-words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import type { Cart } from "./cart-cookie.ts";

/** What a visitor would order now, as far as the form says what it depends on. */
export interface Offer {
  now: PricedCart;
  sums: NonNullable<PricedCart["sums"]>;
  /** What was typed, with what is chosen where nothing was. */
  typed: Typed;
  countries: readonly string[];
  termsUrl: string | null;
  /** Names what is shown of it: whoever orders has seen the same lines, prices and total. */
  seen: string;
}

/** Where a shop sends to. */
function countriesOf({ shipping: { methods } }: ShopSettings): readonly string[] {
  const named = new Set(methods.flatMap((it) => it.countries));
  return methods.length === 0 || named.has(ANYWHERE) ? COUNTRIES : [...named];
}

/** The country that is chosen before the visitor has: the shop's own, or the only one there is. */
function usualCountry(countries: readonly string[], home: string | undefined): string {
  if (home !== undefined && countries.includes(home)) return home;
  return countries.length === 1 ? (countries[0] as string) : "";
}

const seenOf = async ({ lines }: PricedCart, { total, currency }: Offer["sums"]): Promise<string> => {
  const bought = lines.map((it) => [it.productId, it.variantId, it.quantity, it.unitPrice]);
  return (await sha256(JSON.stringify([bought, total, currency]))).slice(0, 32);
};

/** What a cart comes to by what was typed; `null` while a line of it cannot be ordered, or there is none. */
export async function offerOf(
  ctx: Ctx,
  { siteId, locale }: { siteId: string; locale: string },
  cart: Cart,
  typed: Typed,
): Promise<Offer | null> {
  const site = await findSite(ctx, siteId);
  const settings = shopSettingsOf(site);
  const countries = countriesOf(settings);
  const wanted = typed.country || usualCountry(countries, businessOf(site.settings)?.address?.country);
  const country = countries.includes(wanted) ? wanted : null;
  const coupon = CouponCodeSchema.safeParse(typed.couponCode);
  const email = EmailSchema.safeParse(typed.customerEmail);
  const now = await priceCart(ctx, {
    ...{ siteId, locale },
    items: cart.lines.map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity })),
    country,
    couponCode: coupon.success ? coupon.data : null,
    shippingMethod: typed.shippingMethod || null,
    customerEmail: email.success ? email.data : null,
  });
  if (now.sums === null) return null;
  return {
    now: { ...now, couponProblem: typed.couponCode && !coupon.success ? "is no code" : now.couponProblem },
    sums: now.sums,
    typed: { ...typed, country: country ?? "", shippingMethod: now.sums.shippingMethod ?? "" },
    countries,
    termsUrl: settings.checkout.termsUrl,
    seen: await seenOf(now, now.sums),
  };
}

/** What of an offer is in the way of an order, beside what single fields are. */
export function problemsOf({ now, typed, termsUrl }: Offer, words: CheckoutWords): Problem[] {
  return [
    ...(now.isUndeliverable && typed.country ? [{ field: "country", message: words.noShipping }] : []),
    ...(now.couponProblem === null ? [] : [{ field: "couponCode", message: words.wrongCoupon }]),
    ...(termsUrl !== null && !typed.acceptTerms ? [{ field: "acceptTerms", message: words.mustAccept }] : []),
  ];
}

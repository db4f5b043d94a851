import { invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { MAX_AMOUNT } from "../../money.ts";
import { businessOf } from "../../sites/business.ts";
import { type CouponRow, discountOf } from "../coupons/rules.ts";
import { findCoupon } from "../coupons/use.ts";
import type { OrderItemsSent } from "../orders/items-contract.ts";
import type { OrderItem } from "../orders/table.ts";
import { methodsTo, type ShippingMethod, shippingCost } from "../settings/shipping.ts";
import { type ShopSettings, shopSettingsOf } from "../settings/settings.ts";
import { rateOf } from "../settings/tax.ts";
import { type PricedBasket, priceBasket } from "./basket.ts";
import { findItems } from "./items.ts";

/** What somebody would like to know the price of. */
export interface Asked {
  items: OrderItemsSent;
  couponCode: string | null;
  /** Where it goes, by its ISO 3166 code; where nobody says, it is where the business is. */
  country: string | null;
  /** The id of a method; `null` while none is chosen. */
  shippingMethod: string | null;
  /** Takes the first method there is when none is chosen, or the one that was cannot be any more. */
  orFirstMethod?: true;
  /** Whose it would be, for coupons that count it. */
  customerEmail: string | null;
}

/** A method that can be chosen, with what it costs this time. */
export interface OfferedMethod {
  id: string;
  name: string;
  amount: number;
}

/** What an order would come to now. Amounts are in minor units of `currency`. */
export interface Quote extends Omit<PricedBasket, "items"> {
  items: OrderItem[];
  currency: string;
  shippingMethod: string | null;
  shippingMethods: OfferedMethod[];
  /** Whether something is to be sent, and the shop has methods for that: one of them has to be chosen. */
  needsShipping: boolean;
  coupon: CouponRow | null;
}

/** What does not depend on what is ordered. */
interface Shop {
  settings: ShopSettings;
  country: string | null;
  currency: string;
}

/** The method that was asked for, if it goes where the order goes. */
function methodOf(
  methods: readonly ShippingMethod[],
  { settings, country }: Shop,
  { shippingMethod: id, orFirstMethod }: Asked,
): ShippingMethod | null {
  const method = methods.find((it) => it.id === id) ?? (orFirstMethod ? methods[0] : undefined);
  if (method) return method;
  if (id === null || orFirstMethod) return null;
  const isKnown = settings.shipping.methods.some((it) => it.id === id);
  if (!isKnown) throw invalid("shippingMethod", "is not a shipping method of this site");
  throw invalid("shippingMethod", `is not a shipping method for this order${country === null ? "" : ` to ${country}`}`);
}

/**
 * What an order would come to now: reads products, coupon and `settings.shop`, and writes nothing. Throws what is wrong
 * with what was asked by its field, as an order would.
 */
export async function quote(
  ctx: Ctx,
  site: { id: string; settings: Record<string, unknown> },
  asked: Asked,
): Promise<Quote> {
  const { items, currency } = await findItems(ctx, site.id, asked.items);
  const subtotal = items.reduce((sum, it) => sum + it.unitPrice * it.quantity, 0);
  const tooMuch = invalid("items", `come to more than ${MAX_AMOUNT} minor units`);
  if (subtotal > MAX_AMOUNT) throw tooMuch;
  const settings = shopSettingsOf(site);
  const country = asked.country ?? businessOf(site.settings)?.address?.country ?? null;
  const shop = { settings, country, currency };
  const { couponCode: code, customerEmail } = asked;
  const coupon =
    code === null ? null : await findCoupon(ctx, { siteId: site.id, code, subtotal, currency, customerEmail });
  const discount = coupon ? discountOf(coupon, subtotal) : 0;

  const isSent = items.some(({ type }) => type === "physical");
  const methods = isSent ? methodsTo(settings.shipping, shop) : [];
  const method = methodOf(methods, shop, asked);
  const cost = (it: ShippingMethod): number =>
    coupon?.type === "free_shipping" ? 0 : shippingCost(it, subtotal - discount);
  const rate = (taxClass: string): number => rateOf(settings.tax, { country, taxClass });

  const priced = priceBasket({
    lines: items.map(({ unitPrice, quantity, taxClass }) => ({ unitPrice, quantity, taxRate: rate(taxClass) })),
    discount,
    shipping: method && { amount: cost(method), taxRate: rate(method.taxClass) },
    taxIncluded: settings.tax.included,
  });
  if (priced.total > MAX_AMOUNT) throw tooMuch;
  return {
    ...priced,
    items: items.map(({ taxClass: _, ...item }, index) => ({
      ...item,
      ...(priced.items[index] as PricedBasket["items"][number]),
    })),
    currency,
    shippingMethod: method?.id ?? null,
    shippingMethods: methods.map((it) => ({ id: it.id, name: it.name, amount: cost(it) })),
    needsShipping: isSent && settings.shipping.methods.length > 0,
    coupon,
  };
}

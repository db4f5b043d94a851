import { spread } from "./exact.ts";
import { taxOf } from "./tax.ts";

/** What is bought of one thing. Amounts are in minor units, rates in percent with at most three decimals. */
export interface BasketLine {
  unitPrice: number;
  quantity: number;
  taxRate: number;
}

export interface Basket {
  lines: readonly BasketLine[];
  /** What is taken off the lines: at most what they come to. */
  discount: number;
  /** `null`: nothing is shipped. */
  shipping: { amount: number; taxRate: number } | null;
  /** Whether prices, that of shipping too, contain their tax; else it is added. */
  taxIncluded: boolean;
}

export interface PricedLine {
  /** The published price of all of them. */
  total: number;
  /** Its part of the basket's discount. */
  discount: number;
  /** Of what is left of `total`. */
  tax: number;
  taxRate: number;
}

/** Parts that add up: `total` is `subtotal` − `discount` + `shipping`, and `tax` besides where it is added. */
export interface PricedBasket {
  items: PricedLine[];
  subtotal: number;
  discount: number;
  shipping: number;
  shippingTax: number;
  /** Of the lines and of shipping. */
  tax: number;
  taxIncluded: boolean;
  total: number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/**
 * What a basket comes to. The discount is spread over its lines by largest remainder; tax is of each line after it,
 * halves up, and of shipping by itself. Exact while the lines come to at most `MAX_AMOUNT`.
 */
export function priceBasket({ lines, discount, shipping, taxIncluded }: Basket): PricedBasket {
  const totals = lines.map(({ unitPrice, quantity }) => unitPrice * quantity);
  const subtotal = sum(totals);
  const discounts = spread(discount, totals);
  const included = { included: taxIncluded };
  const items = lines.map(({ taxRate }, index) => {
    const [total, off] = [totals[index] ?? 0, discounts[index] ?? 0];
    return { total, discount: off, tax: taxOf(total - off, taxRate, included), taxRate };
  });
  const shippingTax = shipping ? taxOf(shipping.amount, shipping.taxRate, included) : 0;
  const tax = sum(items.map((item) => item.tax)) + shippingTax;
  const net = subtotal - discount + (shipping?.amount ?? 0);
  return {
    items,
    subtotal,
    discount,
    shipping: shipping?.amount ?? 0,
    shippingTax,
    tax,
    taxIncluded,
    total: taxIncluded ? net : net + tax,
  };
}

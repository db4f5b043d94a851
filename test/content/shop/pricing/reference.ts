import { ONE, Ratio, sum, ZERO } from "./ratio.ts";

/** A basket as a customer would read it: prices are decimals in units of the currency, rates percent. */
export interface WrittenBasket {
  digits: number;
  lines: { price: string; quantity: number; rate: string }[];
  /** Taken off the lines; no more than they come to. */
  off: string;
  shipping: { price: string; rate: string } | null;
  included: boolean;
}

/** What the lines lose: each the part that falls to it, and units that are over one after the other where most is owed. */
function lost(totals: readonly Ratio[], off: Ratio, digits: number): Ratio[] {
  const all = sum(totals);
  if (all.numerator === 0n) return totals.map(() => ZERO);
  const owed = totals.map((total) => off.times(total).over(all));
  const given = owed.map((it) => it.down(digits));
  const unit = new Ratio(1n, 10n ** BigInt(digits));
  while (off.isMoreThan(sum(given))) {
    const left = owed.map((it, index) => it.minus(given[index] as Ratio));
    const most = left.reduce((best, it, index) => (it.isMoreThan(left[best] as Ratio) ? index : best), 0);
    given[most] = (given[most] as Ratio).plus(unit);
  }
  return given;
}

/** What a basket comes to, in units of its currency, by exact fractions. */
export function reckoned({ digits, lines, off, shipping, included }: WrittenBasket) {
  const taxOf = (amount: Ratio, rate: string): Ratio => {
    const share = Ratio.of(rate).over(Ratio.of("100"));
    return (included ? amount.minus(amount.over(ONE.plus(share))) : amount.times(share)).rounded(digits);
  };
  const totals = lines.map(({ price, quantity }) => Ratio.of(price).times(Ratio.of(String(quantity))));
  const losses = lost(totals, Ratio.of(off), digits);
  const taxes = lines.map(({ rate }, index) => taxOf((totals[index] as Ratio).minus(losses[index] as Ratio), rate));
  const ship = shipping ? Ratio.of(shipping.price) : ZERO;
  const shippingTax = shipping ? taxOf(ship, shipping.rate) : ZERO;
  const tax = sum(taxes).plus(shippingTax);
  const net = sum(totals).minus(sum(losses)).plus(ship);
  const written = (it: Ratio) => it.written(digits);
  return {
    items: lines.map((_, index) => ({
      total: written(totals[index] as Ratio),
      discount: written(losses[index] as Ratio),
      tax: written(taxes[index] as Ratio),
    })),
    subtotal: written(sum(totals)),
    discount: written(sum(losses)),
    shipping: written(ship),
    shippingTax: written(shippingTax),
    tax: written(tax),
    total: written(included ? net : net.plus(tax)),
  };
}

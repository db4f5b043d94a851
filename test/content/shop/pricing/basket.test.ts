import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorDigits } from "../../../../src/core/money.ts";
import { priceBasket } from "../../../../src/content/shop/pricing/basket.ts";
import { refundParts } from "../../../../src/content/shop/pricing/refund.ts";
import { Ratio } from "./ratio.ts";
import { reckoned, type WrittenBasket } from "./reference.ts";

const BASKETS = 10_000;

const written = (amount: number, digits: number) => new Ratio(BigInt(amount), 10n ** BigInt(digits)).written(digits);
const percent = (thousandths: number) => written(thousandths, 3);

const price = fc.oneof(fc.nat(50), fc.nat(10_000), fc.nat(10_000_000));
/** Thousandths of a percent: those there are, and any. */
const rate = fc.oneof(fc.constantFrom(0, 9_000, 21_000, 7_700, 8_875, 20_000, 100_000), fc.nat(100_000));

const basket = fc
  .record({
    currency: fc.constantFrom("JPY", "EUR", "KWD"),
    lines: fc.array(fc.record({ price, quantity: fc.integer({ min: 1, max: 50 }), rate }), {
      minLength: 1,
      maxLength: 8,
    }),
    share: fc.oneof(fc.constant(0), fc.constant(1_000), fc.nat(1_000)),
    shipping: fc.option(fc.record({ price, rate })),
    included: fc.boolean(),
    refunds: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 }),
  })
  .map((it) => {
    const subtotal = it.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
    return { ...it, digits: minorDigits(it.currency), off: Math.floor((subtotal * it.share) / 1_000) };
  });

type Basket = typeof basket extends fc.Arbitrary<infer It> ? It : never;

const priced = ({ lines, off, shipping, included }: Basket) =>
  priceBasket({
    lines: lines.map((it) => ({ unitPrice: it.price, quantity: it.quantity, taxRate: it.rate / 1_000 })),
    discount: off,
    shipping: shipping && { amount: shipping.price, taxRate: shipping.rate / 1_000 },
    taxIncluded: included,
  });

const read = ({ digits, lines, off, shipping, included }: Basket): WrittenBasket => ({
  digits,
  lines: lines.map((it) => ({
    price: written(it.price, digits),
    quantity: it.quantity,
    rate: percent(it.rate),
  })),
  off: written(off, digits),
  shipping: shipping && { price: written(shipping.price, digits), rate: percent(shipping.rate) },
  included,
});

describe("a basket", () => {
  it(`${BASKETS} random baskets in yen, euros and dinars come to what exact fractions say, part by part`, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(basket, (it) => {
        seen.add(it.currency);
        const { items, taxIncluded, ...sums } = priced(it);
        const show = (amount: number) => written(amount, it.digits);
        const shown = Object.fromEntries(Object.entries(sums).map(([name, amount]) => [name, show(amount)]));
        const lines = items.map(({ total, discount, tax }) => ({
          total: show(total),
          discount: show(discount),
          tax: show(tax),
        }));
        expect({ items: lines, ...shown }).toEqual(reckoned(read(it)));
        expect(taxIncluded).toBe(it.included);
      }),
      { numRuns: BASKETS },
    );
    expect(seen.size).toBe(3);
  });

  it("the parts of a discounted basket add up to its total, and none is negative or more than it can be", () => {
    fc.assert(
      fc.property(basket, (it) => {
        const { items, subtotal, discount, shipping, shippingTax, tax, total } = priced(it);
        const sum = (of: "total" | "discount" | "tax") => items.reduce((all, item) => all + item[of], 0);
        expect([sum("total"), sum("discount"), sum("tax") + shippingTax]).toEqual([subtotal, it.off, tax]);
        expect(total).toBe(subtotal - discount + shipping + (it.included ? 0 : tax));
        for (const item of items) {
          expect(item.discount).toBeGreaterThanOrEqual(0);
          expect(item.discount).toBeLessThanOrEqual(item.total);
          expect(item.tax).toBeGreaterThanOrEqual(0);
          expect(item.tax).toBeLessThanOrEqual(item.total - item.discount);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("a discount of units that cannot be shared evenly goes where most is owed, the earlier line first", () => {
    const line = (unitPrice: number) => ({ unitPrice, quantity: 1, taxRate: 0 });
    const discounts = (prices: number[], discount: number) =>
      priceBasket({ lines: prices.map(line), discount, shipping: null, taxIncluded: true }).items.map(
        (it) => it.discount,
      );
    expect(discounts([100, 100, 100], 100)).toEqual([34, 33, 33]);
    expect(discounts([1, 1, 998], 500)).toEqual([1, 0, 499]);
    expect(discounts([0, 0], 0)).toEqual([0, 0]);
  });

  it("amounts stay exact up to the largest there are", () => {
    const lines = [
      { unitPrice: 9_999_999_998, quantity: 1, taxRate: 99.999 },
      { unitPrice: 1, quantity: 2, taxRate: 0.001 },
    ];
    const { items } = priceBasket({ lines, discount: 9_999_999_999, shipping: null, taxIncluded: false });
    expect(items.map((it) => it.discount)).toEqual([9_999_999_997, 2]);
    const whole = priceBasket({ lines, discount: 0, shipping: null, taxIncluded: false });
    // 9,999,999,998 × 0.99999 = 9,999,899,998.00002
    expect(whole.items.map((it) => it.tax)).toEqual([9_999_899_998, 0]);
  });
});

describe("refunds", () => {
  it(`${BASKETS} orders refunded in random parts give back exactly their total and their tax, and no part more tax than it is`, () => {
    fc.assert(
      fc.property(basket, (it) => {
        const { total, tax } = priced(it);
        const weight = it.refunds.reduce((all, part) => all + part, 0);
        const given = { amount: 0, tax: 0, net: 0 };
        it.refunds.forEach((part, index) => {
          const isLast = index === it.refunds.length - 1;
          const amount = isLast ? total - given.amount : Math.floor((total * part) / weight);
          const parts = refundParts({ total, tax }, { refundedBefore: given.amount, amount });
          expect(parts.tax + parts.net).toBe(amount);
          expect(parts.tax).toBeGreaterThanOrEqual(0);
          expect(parts.net).toBeGreaterThanOrEqual(0);
          given.amount += parts.amount;
          given.tax += parts.tax;
          given.net += parts.net;
          if (total > 0) {
            const exact = new Ratio(BigInt(tax) * BigInt(given.amount), BigInt(total)).rounded(0);
            expect(String(given.tax)).toBe(exact.written(0));
          }
        });
        expect(given).toEqual({ amount: total, tax, net: total - tax });
      }),
      { numRuns: BASKETS },
    );
  });
});

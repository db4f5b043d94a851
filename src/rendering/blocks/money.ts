import { CURRENCIES, minorDigits } from "../../core/money.ts";
import { numberOf, type Props, textOf } from "../text/props.ts";

/** What tells the currency of an entry's price. */
const currencyOf = (entry: Props, list: Props): string =>
  textOf(entry, "currency") || textOf(list, "currency") || "EUR";

/** An entry's price as a decimal number of its currency; `null` where it has none that is a number. */
export function amountOf(entry: Props, list: Props): { price: string; currency: string } | null {
  const price = numberOf(entry, "price");
  const currency = currencyOf(entry, list);
  if (price === null || price < 0 || !CURRENCIES.includes(currency)) return null;
  const digits = minorDigits(currency);
  return { price: (price / 10 ** digits).toFixed(digits), currency };
}

/** Minor units of a currency as visitors read them. */
export function moneyIn(locale: string, currency: string, amount: number): string {
  const digits = minorDigits(currency);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...shown }).format(amount / 10 ** digits);
}

/** An entry's price as visitors read it: numbers are minor units of the entry's or the list's currency. */
export function priceOf(entry: Props, list: Props, locale: string): string {
  const price = numberOf(entry, "price");
  if (price === null) return textOf(entry, "price");
  try {
    return moneyIn(locale, currencyOf(entry, list), price);
  } catch {
    // No such currency: a price in another would be wrong.
    return "";
  }
}

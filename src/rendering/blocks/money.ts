import { minorDigits } from "../../core/money.ts";
import { numberOf, type Props, textOf } from "../text/props.ts";

/** An entry's price as visitors read it: numbers are minor units of the entry's or the list's currency. */
export function priceOf(entry: Props, list: Props, locale: string): string {
  const price = numberOf(entry, "price");
  if (price === null) return textOf(entry, "price");
  try {
    const currency = textOf(entry, "currency") || textOf(list, "currency") || "EUR";
    const digits = minorDigits(currency);
    const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, { style: "currency", currency, ...shown }).format(price / 10 ** digits);
  } catch {
    // No such currency: a price in another would be wrong.
    return "";
  }
}

import { numberOf, type Props, textOf } from "../text/props.ts";

/** An entry's price as visitors read it: numbers are minor units of the entry's or the list's currency. */
export function priceOf(entry: Props, list: Props, locale: string): string {
  const price = numberOf(entry, "price");
  if (price === null) return textOf(entry, "price");
  try {
    const currency = textOf(entry, "currency") || textOf(list, "currency") || "EUR";
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return format.format(price / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    // No such currency: a price in another would be wrong.
    return "";
  }
}

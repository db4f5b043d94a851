import { moneyIn } from "../blocks/money.ts";
import { lowestPrice, type SoldProduct } from "./product.ts";
import type { ShopWords } from "./words.ts";

/** What a product costs as a list says it: of several prices the lowest, which is said to be that. */
export function priceWords(product: SoldProduct, locale: string, { from }: ShopWords): string {
  const { price, isOneOfSeveral } = lowestPrice(product);
  const shown = moneyIn(locale, product.currency, price);
  return isOneOfSeveral ? from.replace("{price}", shown) : shown;
}

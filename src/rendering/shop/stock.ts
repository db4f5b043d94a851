import type { SoldProduct } from "./product.ts";
import type { ShopWords } from "./words.ts";

/** From this many on nobody needs to be told how many there are. */
const FEW = 5;

/** How it stands with what is left: there is enough, there is little, there is none. */
export type Availability = "in" | "few" | "out";

export const availabilityOf = (stock: number | null): Availability =>
  stock === 0 ? "out" : stock !== null && stock <= FEW ? "few" : "in";

/** The same in words. Of what is not counted there is always enough. */
export const stockWords = (stock: number | null, { inStock, left, soldOut }: ShopWords): string => {
  const said = { in: inStock, few: left.replace("{count}", String(stock)), out: soldOut };
  return said[availabilityOf(stock)];
};

/** What is to be known of a product that is not sent; nothing of one that is. */
export const deliveryWords = ({ type }: SoldProduct, { download, service }: ShopWords): string =>
  type === "physical" ? "" : { digital: download, service }[type];

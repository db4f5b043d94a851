/** A choice of a product as visitors see it: what it leaves out is the product's. */
export interface SoldVariant {
  id: string;
  title: string;
  sku: string | null;
  /** Minor units of the product's currency. */
  price: number;
  /** How many are left; `null` where they are not counted. */
  stock: number | null;
  /** The address of a picture of it, as it was written. */
  image: string | null;
}

/** A product as visitors see it, in their language. */
export interface SoldProduct {
  id: string;
  title: string;
  slug: string;
  description: string | null;
  /** Minor units of `currency`. */
  price: number;
  currency: string;
  /** Addresses as they were written. */
  images: string[];
  /** The name of its category; `null` where it is in none. */
  category: string | null;
  sku: string | null;
  stock: number | null;
  type: "physical" | "digital" | "service";
  variants: SoldVariant[];
  /** What reviews give it of five; `null` where there are none. */
  rating: { average: number; count: number } | null;
}

/** Something that may be bought. */
interface Choice extends Pick<SoldVariant, "price" | "stock" | "sku"> {
  /** Of a variant. */
  name: string | null;
}

/** What of a product may be bought: its variants or, without any, the product itself. */
export function choicesOf({ variants, price, stock, sku }: SoldProduct): Choice[] {
  if (variants.length === 0) return [{ name: null, price, stock, sku }];
  return variants.map(({ title, ...it }) => ({ name: title, price: it.price, stock: it.stock, sku: it.sku }));
}

export const isSoldOut = (product: SoldProduct): boolean => choicesOf(product).every(({ stock }) => stock === 0);

/** The lowest price, and whether there are others. */
export function lowestPrice(product: SoldProduct): { price: number; isOneOfSeveral: boolean } {
  const prices = choicesOf(product).map(({ price }) => price);
  const price = Math.min(...prices);
  return { price, isOneOfSeveral: prices.some((it) => it !== price) };
}

/** A choice of a product as visitors see it: what it leaves out is the product's. */
export interface SoldVariant {
  id: string;
  title: string;
  sku: string | null;
  /** Minor units of the product's currency. */
  price: number;
  /** How many are left; `null` where they are not counted. */
  stock: number | null;
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
  sku: string | null;
  stock: number | null;
  type: "physical" | "digital" | "service";
  variants: SoldVariant[];
}

/** What of a product may be bought: its variants or, without any, the product itself. */
export const choicesOf = ({ variants, ...product }: SoldProduct): Omit<SoldVariant, "title" | "id">[] =>
  variants.length > 0 ? variants : [product];

export const isSoldOut = (product: SoldProduct): boolean => choicesOf(product).every(({ stock }) => stock === 0);

/** The lowest price, and whether there are others. */
export function lowestPrice(product: SoldProduct): { price: number; isOneOfSeveral: boolean } {
  const prices = choicesOf(product).map(({ price }) => price);
  const price = Math.min(...prices);
  return { price, isOneOfSeveral: prices.some((it) => it !== price) };
}

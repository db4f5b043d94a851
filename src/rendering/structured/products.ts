import type { AggregateRating, ItemList, Offer, Product } from "schema-dts";
import { minorDigits } from "../../core/money.ts";
import { readableText } from "../text/readable.ts";
import { choicesOf, isSoldOut, lowestPrice, type SoldProduct } from "../shop/product.ts";
import type { ShownReview } from "../shop/reviewed.ts";
import { reviewThingsOf } from "./reviews.ts";

/** A product as programs are told of it; addresses are absolute. */
export interface TellsProduct {
  product: SoldProduct;
  address: string;
  images: string[];
  /** What the page shows of its reviews. */
  reviews: readonly ShownReview[];
}

/** What a page says of the shop that is of use to programs: the product it is about, or those it lists. */
export interface ProductFacts {
  about: TellsProduct | null;
  listed: { name: string; address: string }[];
}

/** Characters of a description; nobody reads on. */
const MAX_DESCRIPTION = 5_000;

/** Minor units as a decimal number, with the digits of ISO 4217. */
export function decimal(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** Availability in the words of schema.org. */
export const availabilityIn = (isGone: boolean): "InStock" | "OutOfStock" => (isGone ? "OutOfStock" : "InStock");

const ratingOf = ({ rating }: SoldProduct): { aggregateRating?: AggregateRating } =>
  rating && rating.count > 0
    ? {
        aggregateRating: {
          "@type": "AggregateRating",
          ratingValue: Math.round(rating.average * 10) / 10,
          reviewCount: rating.count,
          bestRating: 5,
          worstRating: 1,
        },
      }
    : {};

function offersOf({ product, address }: TellsProduct): Offer[] {
  return choicesOf(product).map((it) => ({
    "@type": "Offer",
    url: address,
    ...(it.name && { name: it.name }),
    ...(it.sku && { sku: it.sku }),
    price: decimal(it.price, product.currency),
    priceCurrency: product.currency,
    availability: `https://schema.org/${availabilityIn(it.stock === 0)}`,
  }));
}

/** A product with what it costs now. */
export function productNode(told: TellsProduct, id: string): Product {
  const { title, description, sku } = told.product;
  const said = description && readableText(description).replace(/\s+/g, " ").trim().slice(0, MAX_DESCRIPTION);
  return {
    "@type": "Product",
    "@id": id,
    name: title,
    url: told.address,
    ...(said && { description: said }),
    ...(told.images.length > 0 && { image: told.images }),
    ...(sku && { sku }),
    offers: offersOf(told),
    ...ratingOf(told.product),
    ...(told.reviews.length > 0 && { review: reviewThingsOf(told.reviews) }),
  };
}

/** Products of a list, each by its address. */
export const productListNode = (listed: ProductFacts["listed"], id: string): ItemList => ({
  "@type": "ItemList",
  "@id": id,
  itemListElement: listed.map(({ name, address }, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name,
    url: address,
  })),
});

/** What a shared product's preview says of its price (Open Graph, `product:`). */
export function sharedPrice(product: SoldProduct): Record<string, string> {
  return {
    "product:price:amount": decimal(lowestPrice(product).price, product.currency),
    "product:price:currency": product.currency,
    "product:availability": isSoldOut(product) ? "out of stock" : "in stock",
  };
}

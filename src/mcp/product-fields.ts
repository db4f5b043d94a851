import { AmountSchema } from "../content/money.ts";
import { ProductBodies } from "../content/shop/products/contract.ts";
import { invalid } from "../core/errors.ts";
import { described } from "./described.ts";

const WORDS = {
  title: "Name of the product",
  slug: "Last part of its address: lower-case letters, digits and single hyphens; made from the title when left out",
  description: "What customers read about it",
  price: "Price in minor units of the currency: 1999 is EUR 19.99",
  currency: "ISO 4217 code of the currency, EUR unless told otherwise",
  images: "Addresses of its pictures, the main one first; search_media and import_media give them",
  category: "The category it is listed in",
  sku: "Stock keeping unit, unique within the website",
  stock: "How many there are; null: not counted, there is always enough",
  lowStockAt: "A stock of this or less is low, which subscribers are told; null: as the website's settings say",
  taxClass: "What is taxed alike has the same class; standard unless told otherwise",
  translations: "Its title and description in other languages of the website, by language: { de: { title } }",
  downloadUrl: "Where buyers of a digital product get it once they have paid; null for nothing",
  type: "physical, digital or service",
  active: "Whether it is sold",
  variants:
    "Choices of it: { id of one there is, title, sku, price, stock, image, options }; null is what the product has. One without its stock keeps it",
};

/** Beside `price`, as other clients of this API name it. */
const priceCents = AmountSchema.optional().describe("The same as price: 1999 is EUR 19.99. Give one of the two");

const { price: required, ...rest } = described(ProductBodies.create.shape, WORDS);
const price = required.optional().describe(WORDS.price);

/** A product's fields as arguments: the Content API's own schemas, with the price under either of its names. */
export const newProductFields = { ...rest, price, priceCents };
export const changedProductFields = { ...described(ProductBodies.update.shape, WORDS), priceCents };

/** The fields of a body, with the price under its own name; 422 where the two names disagree. */
export function withPrice<Fields extends { price?: number; priceCents?: number }>({
  priceCents: cents,
  ...fields
}: Fields) {
  if (cents !== undefined && fields.price !== undefined && cents !== fields.price) {
    throw invalid("priceCents", "is another amount than price");
  }
  return cents === undefined ? fields : { ...fields, price: cents };
}

import type { Declared } from "./declared.ts";
import { number, text, texts } from "./properties.ts";
import { ACTION, HEADING } from "./shared.ts";

const LIST: Declared = {
  label: "Products",
  category: "commerce",
  description: "Products of the website's shop beside each other, with the prices and the stock of now",
  properties: {
    ...HEADING,
    category: text("The slug of a category; products of every category where it is left out"),
    products: texts("Slugs of products, shown in this order; the newest ones where it is left out"),
    limit: number("How many there are at most, from 1 to 24; 8 where it is left out"),
    ...ACTION,
  },
  example: {
    heading: "Fresh today",
    category: "bread",
    products: ["sourdough-loaf", "rye"],
    limit: 4,
    ...{ ctaText: "See everything", ctaLink: "/shop" },
  },
};

const DETAIL: Declared = {
  label: "Product",
  category: "commerce",
  description:
    "One product of the website's shop with its pictures, its price of now, and the button that puts it into the cart",
  properties: {
    ...HEADING,
    product: text("The slug of the product", { also: ["slug"], isRequired: true }),
  },
  example: { heading: "Loaf of the week", product: "sourdough-loaf" },
};

/** Products of the shop. */
export const PRODUCT_BLOCKS: Readonly<Record<string, Declared>> = {
  ProductList: LIST,
  ProductListSection: LIST,
  ProductDetail: DETAIL,
  ProductDetailSection: DETAIL,
};

import { cartPage } from "./cart.ts";
import { checkoutPage } from "./checkout.ts";
import { categoryPage, listPage } from "./list.ts";
import { orderPage } from "./order.ts";
import type { ShopPage } from "./page.ts";
import { productPage } from "./product.ts";
import { reviewPage } from "./review.ts";

/** The pages of a shop by their paths below `shop`; `*` is one segment. */
export const SHOP_PAGES: Readonly<Record<string, ShopPage>> = {
  "": listPage,
  "categories/*": categoryPage,
  "products/*": productPage,
  cart: cartPage,
  checkout: checkoutPage,
  "orders/*": orderPage,
  "reviews/*": reviewPage,
};

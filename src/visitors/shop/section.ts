import type { Section } from "../live/page.ts";
import { cartPage } from "./cart.ts";
import { checkoutPage } from "./checkout.ts";
import { categoryPage, listPage } from "./list.ts";
import { orderPage } from "./order.ts";
import { productPage } from "./product.ts";
import { reviewPage } from "./review.ts";
import { SHOP_ROOT } from "./root.ts";

/** The shop of a website. */
export const SHOP_SECTION: Section = {
  ...SHOP_ROOT,
  pages: {
    "": listPage,
    "categories/*": categoryPage,
    "products/*": productPage,
    cart: cartPage,
    checkout: checkoutPage,
    "orders/*": orderPage,
    "reviews/*": reviewPage,
  },
};

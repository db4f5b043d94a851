import { shopWordsFor } from "../../rendering/shop/words.ts";
import type { Root } from "../live/page.ts";

/** Where the shop begins, below the site and each of its languages. */
export const SHOP_SLUG = "shop";

/** The shop as a part of a website. */
export const SHOP_ROOT: Root = { slug: SHOP_SLUG, title: (locale) => shopWordsFor(locale).shop };

import { shopAddress } from "../frame.ts";
import type { LiveDocument, LiveVisit } from "../live/page.ts";
import { privatePage as privatePageOf } from "../live/visitor.ts";
import { SHOP_ROOT } from "./root.ts";

/** The address of a page of the shop in the visitor's language, as a path: `cart`, `orders/…`; `""` is the shop itself. */
export const addressFor = ({ site, locale }: LiveVisit, below: string): string => shopAddress(site, locale, below);

/** A page of the shop that is for one visitor alone. */
export const privatePage = (below: string, page: Parameters<typeof privatePageOf>[2]): LiveDocument =>
  privatePageOf(SHOP_ROOT, below, page);

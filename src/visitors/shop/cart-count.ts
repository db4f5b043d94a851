import type { PublicSite } from "../site.ts";
import { cartOf } from "./cart-cookie.ts";

/** Pieces in the cart that a visitor's browser keeps. A preview has no cart. */
export const piecesIn = (request: Request, site: PublicSite): number =>
  (site.draft ? [] : (cartOf(request, site)?.lines ?? [])).reduce((sum, { quantity }) => sum + quantity, 0);

import { type LiveQuery, markerOf } from "../live-marker.ts";
import type { Html } from "../blocks/kit.ts";
import type { Level } from "./grid.ts";

/** Products that a block of a page asks for, at the prices and with the stock of when it is read. */
export interface ProductQuery extends LiveQuery {
  by: "shop";
  /** One product with the form that puts it into the cart, or several beside each other. */
  shows: "detail" | "list";
  /** Slugs of products, in the order they are shown in; the newest ones where there are none. */
  products: string[];
  /** The slug of a category. */
  category: string;
  limit: number;
  level: Level;
}

/** Reviews that a block of a page asks for, in the same way. */
export interface ReviewQuery extends LiveQuery {
  by: "shop";
  shows: "reviews";
  /** The slug of a product; empty for all that is said of the shop and what it sells. */
  product: string;
  limit: number;
}

export type ShopQuery = ProductQuery | ReviewQuery;

export const shopMarker = (query: ShopQuery): Html => markerOf(query);

import { html } from "hono/html";
import type { Html } from "../blocks/kit.ts";
import type { Level } from "./grid.ts";

/** Products that a block of a page asks for. They are looked up when the page is read, so that they are those of now. */
export interface ProductQuery {
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
export interface ReviewQuery {
  shows: "reviews";
  /** The slug of a product; empty for all that is said of the shop and what it sells. */
  product: string;
  limit: number;
}

export type LiveQuery = ProductQuery | ReviewQuery;

/** The place of what is looked up: an attribute that no rich text can have. */
export const markerOf = (query: LiveQuery): Html => html`<div data-products="${JSON.stringify(query)}"></div>`;

const MARKER = /<div data-products="([^"]*)"><\/div>/g;

/** Whether HTML of ours holds what is looked up when it is read. */
export const isLive = (main: string): boolean => main.includes("<div data-products=");

const plain = (written: string): string =>
  written
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** What HTML of ours asks for, in its order. */
export const queriesIn = (main: string): LiveQuery[] =>
  Array.from(main.matchAll(MARKER), ([, written]) => JSON.parse(plain(written as string)) as LiveQuery);

/** The same HTML with what was found for each query in its place. */
export function filledWith(main: string, found: readonly Html[]): string {
  let at = 0;
  return main.replace(MARKER, () => String(found[at++]));
}

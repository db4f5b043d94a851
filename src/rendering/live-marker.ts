import { html } from "hono/html";
import type { Html } from "./blocks/kit.ts";

/** Who looks up what a block shows of what there is now. */
export type FilledBy = "shop" | "booking" | "reservation" | "forms" | "newsletter";

/** What a block of a page asks for. It is looked up when the page is read, so that it is what there is then. */
export interface LiveQuery {
  by: FilledBy;
}

/** The place of what is looked up: an attribute that no rich text can have. */
export const markerOf = <Query extends LiveQuery>(query: Query): Html =>
  html`<div data-live="${JSON.stringify(query)}"></div>`;

const MARKER = /<div data-live="([^"]*)"><\/div>/g;

/** Whether HTML of ours holds what is looked up when it is read. */
export const isLive = (main: string): boolean => main.includes("<div data-live=");

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

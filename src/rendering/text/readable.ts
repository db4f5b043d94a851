import { ALLOWED_ELEMENTS, BLOCK_ELEMENTS, TRANSPARENT, WITH_CONTENT } from "./allowed.ts";
import { childrenOf, type Parent, parseHtml } from "./html-tree.ts";

const HOLDS_TAGS = /<[a-z/!][^<>]*>/i;

const isInline = (name: string): boolean =>
  name !== "br" && (TRANSPARENT.has(name) || (ALLOWED_ELEMENTS.has(name) && !BLOCK_ELEMENTS.has(name)));

function wordsIn(parent: Parent): string {
  let text = "";
  for (const child of childrenOf(parent)) {
    if (child.kind === "text") text += child.text;
    else if (child.isForeign || WITH_CONTENT.has(child.name)) text += " ";
    else text += isInline(child.name) ? wordsIn(child) : ` ${wordsIn(child)} `;
  }
  return text;
}

/** What readers read of a text: where it holds tags it is HTML, and only what a browser shows of it is text. */
export const readableText = (source: string): string =>
  HOLDS_TAGS.test(source) ? wordsIn(parseHtml(source).root) : source;

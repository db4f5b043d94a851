import xss, { type IFilterXSSOptions } from "xss";
import { html, raw } from "hono/html";
import { linkOf } from "./props.ts";

const PLAIN = ["p", "br", "hr", "strong", "b", "em", "i", "u", "s", "small", "sub", "sup", "code", "pre", "blockquote"];
const STRUCTURE = ["ul", "ol", "li", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "td", "figure", "figcaption"];

const escaped = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** An attribute as a browser reads it, so that what is checked is what would be followed. */
const unescaped = (value: string): string =>
  value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));?/gi, (written, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()] as string;
    const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });

/** Elements that go with all they hold, and a `<` that begins no element. */
const WITH_CONTENT =
  /<(script|style|iframe|object|noscript|template|svg|math|textarea|title)(?=[\s/>])[\s\S]*?(?:<\/\1\s*>|$)/gi;
const LONE_BRACKET = /<(?![a-z/!?])/gi;

/** Formatting and links; no styles, no classes, no ids, nothing that loads or runs anything. */
const RULES: IFilterXSSOptions = {
  whiteList: {
    ...Object.fromEntries([...PLAIN, ...STRUCTURE].map((tag) => [tag, []])),
    th: ["scope"],
    a: ["href", "title"],
  },
  stripIgnoreTag: true,
  safeAttrValue: (tag, name, value) => {
    if (name !== "href") return value.replace(/[<>"]/g, "");
    const address = linkOf({ value: unescaped(value) }, "value");
    return tag === "a" && address !== null ? escaped(address) : "";
  },
};

/** The sanitiser's time grows with the square of a tag's length: no honest tag is longer. */
const LONG_TAG = /<[^>]{1000}/;
/** The longest an article may be. */
const MAX_LENGTH = 500_000;

const STANDALONE = new Set(["br", "hr"]);
/** Deeper than any honest text is nested; what lies deeper still loses its formatting. */
const MAX_DEPTH = 50;

/** Closes what was left open and drops ends without a beginning, so that nothing changes what follows on the page. */
function balanced(markup: string): string {
  const open: string[] = [];
  const closeFrom = (index: number): string =>
    open
      .splice(index)
      .reverse()
      .map((name) => `</${name}>`)
      .join("");
  const closed = markup.replace(/<(\/?)([a-z0-9]+)[^>]*>/gi, (tag: string, end: string, written: string) => {
    const name = written.toLowerCase();
    if (STANDALONE.has(name)) return end ? "" : tag;
    if (!end) {
      if (open.length === MAX_DEPTH) return "";
      open.push(name);
      return tag;
    }
    const index = open.lastIndexOf(name);
    return index < 0 ? "" : closeFrom(index);
  });
  return closed + closeFrom(0);
}

/** Rich text as it may stand in a page: what is not on the list above is taken out. What it cannot be is plain text. */
export function richText(text: string) {
  const plain = html`<p>${text.slice(0, MAX_LENGTH)}</p>`;
  if (text.length > MAX_LENGTH) return plain;
  // What is taken out may join two short tags to a long one.
  const markup = text.replace(WITH_CONTENT, "").replace(LONE_BRACKET, "&lt;");
  return LONG_TAG.test(markup) ? plain : raw(balanced(xss(markup, RULES)));
}

/** Plain text as paragraphs: an empty line parts them. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");

import { raw } from "hono/html";
import { Album } from "../album.ts";
import { Notes } from "../notes.ts";
import { safeAddress } from "./address.ts";
import {
  ALLOWED_ELEMENTS,
  allowedValue,
  BLOCK_ELEMENTS,
  BOXES,
  OF_LOADING,
  SHOWN_AS,
  TRANSPARENT,
  VOID_ELEMENTS,
  WITH_CONTENT,
} from "./allowed.ts";
import { type Child, childrenOf, type ElementNode, type Parent, parseHtml } from "./html-tree.ts";
import { attributesOf, escaped, paragraphs, paragraphsOf } from "./paragraphs.ts";

/** Deeper than any honest text is nested; what lies deeper still loses its formatting. */
const MAX_DEPTH = 50;

/** Where a text stands, and who hears what of it is not shown. */
interface Context {
  notes: Notes;
  path: string;
  album: Album;
}

/**
 * Writes the parts of a tree that may stand in a page, and notes what is left out. Pictures are written with nothing but
 * what is said of them, and at last (`isFinal`) as they are loaded.
 */
class Writer {
  readonly #notes: Notes;
  readonly #path: string;
  readonly #album: Album;
  readonly #isFinal: boolean;
  readonly #ids = new Set<string>();
  readonly #lost = new Set<string>();

  constructor({ notes, path, album }: Context, isFinal = false) {
    this.#notes = notes;
    this.#path = path;
    this.#album = album;
    this.#isFinal = isFinal;
  }

  whole(root: Parent): string {
    const written = this.#children(root, 0);
    if (this.#lost.size > 0) this.#notes.add("dropped_attribute", this.#path, [...this.#lost].join(", "));
    return written;
  }

  #children(parent: Parent, depth: number): string {
    let written = "";
    for (const child of childrenOf(parent)) written += this.#child(child, depth);
    return written;
  }

  #child(child: Child, depth: number): string {
    if (child.kind === "text") return escaped(child.text);
    const { name, isForeign } = child;
    if (isForeign || WITH_CONTENT.has(name)) return this.#dropped(child);
    if (BOXES.has(name)) return this.#box(child, depth);
    const shown = SHOWN_AS.get(name) ?? name;
    if (ALLOWED_ELEMENTS.has(shown)) return this.#element(shown, child, depth);
    if (name === "img") return this.#picture(child);
    if (!TRANSPARENT.has(name)) this.#notes.add("dropped_element", this.#path, name);
    return this.#children(child, depth);
  }

  #dropped(element: ElementNode): string {
    const { name } = element;
    const address = addressOf(element, "src");
    if (name === "svg") this.#notes.add("dropped_image", this.#path, address || name);
    else this.#notes.add("dropped_element", this.#path, address ? `${name} ${address}` : name);
    return "";
  }

  /** Lines that editors put into boxes stay lines of their own. */
  #box(box: ElementNode, depth: number): string {
    const isText = depth < MAX_DEPTH && !holdsBlock(box);
    return isText ? this.#element("p", box, depth) : this.#children(box, depth);
  }

  #element(name: string, element: ElementNode, depth: number): string {
    if (depth >= MAX_DEPTH) {
      this.#notes.add("dropped_element", this.#path, `${name}, nested deeper than ${MAX_DEPTH}`);
      return this.#children(element, depth);
    }
    const href = name === "a" ? this.#href(element) : null;
    if (name === "a" && href === null) return this.#children(element, depth);
    const start = `<${name}${href ?? ""}${attributesOf(this.#allowed(name, element, name === "a" ? "href" : ""))}>`;
    if (VOID_ELEMENTS.has(name)) return start;
    const content = this.#children(element, depth + 1);
    // Nothing is shown of an empty paragraph; in a browser one may come of a stray end tag.
    if (name === "p" && content.trim() === "") return content;
    // The first line break within `pre` is not part of it.
    return `${start}${name === "pre" && content.startsWith("\n") ? "\n" : ""}${content}</${name}>`;
  }

  #picture(element: ElementNode): string {
    const written = addressOf(element, "src");
    const found = this.#album.find(this.#path, written, this.#notes);
    if (found === null) return "";
    const { alt = "", title = "", width, height, ...others } = this.#allowed("img", element, "src");
    if (!this.#isFinal) return `<img${attributesOf({ src: found.address, alt, title, width, height, ...others })}>`;
    const size = { width: Number(width ?? 0) || null, height: Number(height ?? 0) || null };
    return this.#album.element(found, { slot: "text", alt, title, ...size, others });
  }

  /** `null` where the link leads nowhere it may lead: its text stands without it. */
  #href(link: ElementNode): string | null {
    const written = addressOf(link, "href");
    if (written === "") return null;
    const address = safeAddress(written);
    if ("refused" in address) {
      this.#notes.add(address.refused, this.#path, written);
      return null;
    }
    this.#notes.link(this.#path, address.href);
    return ` href="${escaped(address.href)}"`;
  }

  /** The attributes an element may have, without the one that holds an address. */
  #allowed(name: string, { attributes }: ElementNode, address: string): Record<string, string> {
    const allowed: Record<string, string> = {};
    for (const it of attributes) {
      if (it.name === address) continue;
      const value = allowedValue(name, it.name, it.value);
      const isRepeated = it.name === "id" && value !== null && this.#ids.has(value);
      if (value === null || isRepeated) {
        if (name !== "img" || !OF_LOADING.has(it.name)) this.#lost.add(it.name);
        continue;
      }
      if (it.name === "id") this.#ids.add(value);
      allowed[it.name] = value;
    }
    return allowed;
  }
}

const addressOf = ({ attributes }: ElementNode, name: string): string =>
  attributes.find((it) => it.name === name)?.value.trim() ?? "";

function holdsBlock(parent: Parent): boolean {
  for (const child of childrenOf(parent)) {
    if (child.kind === "text" || child.isForeign || WITH_CONTENT.has(child.name)) continue;
    if (BLOCK_ELEMENTS.has(child.name) || BOXES.has(child.name) || SHOWN_AS.has(child.name) || holdsBlock(child))
      return true;
  }
  return false;
}

/** What is taken out may leave what a browser reads in another way; then that is written, until nothing changes any more. */
const MAX_ROUNDS = 6;

/** Text without any markup has its paragraphs and lines all the same. */
const lined = (written: string): string =>
  written.includes("<") || !written.trim().includes("\n") ? written : paragraphsOf(written);

/** HTML with only what may stand in a page, as every browser reads it: cleaning it again changes nothing. */
export function cleanHtml(source: string, notes: Notes, path: string, album = new Album()): string {
  const { root, isWhole } = parseHtml(source);
  if (!isWhole) notes.add("shortened_text", path, "nested or repeated without end");
  let written = lined(new Writer({ notes, path, album }).whole(root));
  // Everything has been told.
  const silent = { notes: new Notes(), path, album };
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const again = lined(new Writer(silent).whole(parseHtml(written).root));
    if (again === written) return withPictures(written, silent);
    written = again;
  }
  notes.add("shortened_text", path, "its elements cannot be put in order");
  return paragraphs(textIn(parseHtml(written).root));
}

const withPictures = (written: string, context: Context): string =>
  written.includes("<img ") ? new Writer(context, true).whole(parseHtml(written).root) : written;

function textIn(parent: Parent): string {
  let text = "";
  for (const child of childrenOf(parent)) text += child.kind === "text" ? child.text : `${textIn(child)}\n`;
  return text;
}

/** Rich text as it may stand in a page. */
export const richText = (text: string, notes = new Notes(), path = "", album = new Album(new Map(), notes)) =>
  raw(cleanHtml(text, notes, path, album));

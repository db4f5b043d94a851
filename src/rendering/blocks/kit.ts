import { html, raw } from "hono/html";
import type { Facts } from "../structured/facts.ts";
import { escaped, paragraphs } from "../text/paragraphs.ts";
import type { Found } from "../album.ts";
import { linkOf, numberOf, placedText, pictureOf, type Props, textOf, unread } from "../text/props.ts";
import { richText } from "../text/rich-text.ts";
import type { SlotName } from "../text/slots.ts";

/** HTML whose texts are escaped: only the `html` tag makes it. */
export type Html = ReturnType<typeof html>;

/** What a block needs of the page it stands on. */
export interface PageContext {
  locale: string;
  /** Headings of blocks are `h2`; the first hero of a page is its `h1`. */
  isFirst: boolean;
  /** What it says that is of use to programs. */
  facts: Facts;
  /** The id of the page. */
  documentId: string;
  /** Gives forms without a name of their own one that stays when they move on the page. */
  nameForm(): string;
}

export type RenderBlock = (props: Props, page: PageContext) => Html | null;

export const nothing = html``;

/** A short text with its line breaks. */
export const lined = (text: string): Html => html`${raw(escaped(text.trim()).replace(/\r\n?|\n/g, "<br>"))}`;

/** What a block is headed by. */
export const headingOf = (props: Props): string => textOf(props, "heading");

/** A section with its heading. */
export const section = (className: string, heading: string, content: Html | Html[]): Html =>
  html`<section class="block ${className}">${heading ? html`<h2>${heading}</h2>` : nothing}${content}</section>`;

/** The heading of an entry: no level is left out where its section has none. */
export const entryHeading = (props: Props, content: Html | string): Html =>
  headingOf(props) ? html`<h3>${content}</h3>` : html`<h2 class="entry">${content}</h2>`;

/** Plain text in paragraphs, or rich text where the property says so. */
export function prose(props: Props, name = "body"): Html {
  const rich = placedText(props, "html");
  if (rich) return html`<div class="prose">${richText(rich.text, props.notes, rich.path, props.album)}</div>`;
  return html`${raw(paragraphs(textOf(props, name)))}`;
}

/** A call to action, where the block has one that leads anywhere. */
export function action(props: Props): Html {
  const label = textOf(props, "ctaText");
  const href = linkOf(props, "ctaLink");
  if (label && href) return html`<p class="action"><a class="button" href="${href}">${label}</a></p>`;
  unread(props, label ? "ctaText" : "ctaLink");
  return nothing;
}

/** The first letter of a name, where there is no picture; screen readers hear the name itself. */
export function monogram(name: string): Html {
  const [letter = ""] = new Intl.Segmenter().segment(name.trim());
  return letter
    ? html`<span class="monogram" aria-hidden="true">${letter.segment.toLocaleUpperCase()}</span>`
    : nothing;
}

/** A picture in its place, described by the block where that says anything. */
export function pictureIn(props: Props, found: Found, slot: SlotName): Html {
  const alt = textOf(props, "alt");
  // The size of what is ours is known, and no other.
  const [width, height] = [sizeOf(props, "width"), sizeOf(props, "height")];
  return html`${raw(props.album.element(found, { slot, alt, ...(found.own === null && { width, height }) }))}`;
}

/** Pixels of a picture that lies elsewhere, so that its place is kept. */
const sizeOf = (props: Props, name: string): number | null => {
  const size = numberOf(props, name);
  return size !== null && size >= 1 && size <= 20_000 ? Math.round(size) : null;
};

/** The picture of an entry, where it has one. */
export const picture = (props: Props, slot: SlotName): Html | null => {
  const found = pictureOf(props, "image");
  return found && pictureIn(props, found, slot);
};

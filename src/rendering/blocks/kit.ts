import { html } from "hono/html";
import { linkOf, type Props, textOf } from "../text/props.ts";
import { paragraphsOf, richText } from "../text/rich-text.ts";

/** HTML whose texts are escaped: only the `html` tag makes it. */
export type Html = ReturnType<typeof html>;

/** What a block needs of the page it stands on. */
export interface PageContext {
  locale: string;
  /** Headings of blocks are `h2`; the first hero of a page is its `h1`. */
  isFirst: boolean;
}

export type RenderBlock = (props: Props, page: PageContext) => Html | null;

export const nothing = html``;

/** What a block is headed by. */
export const headingOf = (props: Props): string => textOf(props, "heading", "title");

/** A section with its heading. */
export const section = (className: string, heading: string, content: Html | Html[]): Html =>
  html`<section class="block ${className}">${heading ? html`<h2>${heading}</h2>` : nothing}${content}</section>`;

/** The heading of an entry: no level is left out where its section has none. */
export const entryHeading = (props: Props, content: Html | string): Html =>
  headingOf(props) ? html`<h3>${content}</h3>` : html`<h2 class="entry">${content}</h2>`;

/** Plain text in paragraphs, or rich text where the property says so. */
export function prose(props: Props, ...names: string[]): Html | Html[] {
  const rich = textOf(props, "html", "richText");
  if (rich) return html`<div class="prose">${richText(rich)}</div>`;
  return paragraphsOf(textOf(props, ...names, "body", "text", "content")).map((it) => html`<p>${it}</p>`);
}

/** A call to action, where the block has one that leads anywhere. */
export function action(props: Props): Html {
  const label = textOf(props, "ctaText", "buttonText", "label");
  const href = linkOf(props, "ctaLink", "buttonLink", "href", "url");
  return label && href ? html`<p class="action"><a class="button" href="${href}">${label}</a></p>` : nothing;
}

/** The first letter of a name, where there is no picture; screen readers hear the name itself. */
export function monogram(name: string): Html {
  const [letter = ""] = new Intl.Segmenter().segment(name.trim());
  return letter
    ? html`<span class="monogram" aria-hidden="true">${letter.segment.toLocaleUpperCase()}</span>`
    : nothing;
}

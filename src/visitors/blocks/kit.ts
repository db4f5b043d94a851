import { html } from "hono/html";
import type { Block } from "../../content/pages/contract.ts";
import { linkOf, textOf } from "../render/props.ts";
import { paragraphsOf, richText } from "../render/rich-text.ts";

/** HTML whose texts are escaped: only the `html` tag makes it. */
export type Html = ReturnType<typeof html>;

/** What a block needs of the page it stands on. */
export interface PageContext {
  locale: string;
  /** Headings of blocks are `h2`; the first hero of a page is its `h1`. */
  isFirst: boolean;
}

export type RenderBlock = (props: Block["props"], page: PageContext) => Html | null;

export const nothing = html``;

/** A section with its heading; the heading names it for screen readers. */
export const section = (className: string, heading: string, content: Html | Html[]): Html =>
  html`<section class="block ${className}">${heading ? html`<h2>${heading}</h2>` : nothing}${content}</section>`;

/** Plain text in paragraphs, or rich text where the property says so. */
export function prose(props: Block["props"]): Html | Html[] {
  const rich = textOf(props, "html", "richText");
  if (rich) return html`<div class="prose">${richText(rich)}</div>`;
  return paragraphsOf(textOf(props, "body", "text", "content")).map((it) => html`<p>${it}</p>`);
}

/** A call to action, where the block has one that leads anywhere. */
export function action(props: Block["props"], className = "button"): Html {
  const label = textOf(props, "ctaText", "buttonText", "label");
  const href = linkOf(props, "ctaLink", "buttonLink", "href", "url");
  return label && href ? html`<p><a class="${className}" href="${href}">${label}</a></p>` : nothing;
}

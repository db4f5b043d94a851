import { html } from "hono/html";
import { beginsWithHero, type Block, renderBlocks } from "./blocks/index.ts";
import { lined, nothing } from "./blocks/kit.ts";
import { Notes } from "./notes.ts";
import { imageOf, propsOf } from "./text/props.ts";
import { richText } from "./text/rich-text.ts";

/** Changes whenever documents are rendered in another way: the next publish renders them all anew. */
export const RENDERING = 6;

/**
 * A document without what stands around it: the same at every address and in every deployment that shows it. The frame,
 * which has the navigation, is put around it when it is read, so that a new entry there changes no document.
 */
export interface Rendered {
  title: string;
  description: string | null;
  image: string | null;
  isHidden: boolean;
  type: "website" | "article";
  /** HTML of the main part. */
  main: string;
}

/** What is rendered of a page as it is frozen. */
interface Page {
  title: string;
  locale: string;
  blocks: readonly Block[];
  seo: { title: string | null; description: string | null; ogImage: string | null; noIndex: boolean };
}

/** An article as it is frozen. */
export interface Article {
  id: string;
  title: string;
  slug: string;
  locale: string;
  excerpt: string | null;
  content: string;
  tags: string[];
  updatedAt: string;
  publishedAt: string | null;
}

const renderPage = ({ seo, blocks, title, locale }: Page, notes: Notes): Rendered => ({
  title: seo.title ?? title,
  description: seo.description,
  image: imageOf(propsOf({ ogImage: seo.ogImage }, "seo", notes), "ogImage"),
  isHidden: seo.noIndex,
  type: "website",
  main: String(
    html`${beginsWithHero(blocks) ? nothing : html`<h1>${title}</h1>`}${renderBlocks(blocks, locale, notes)}`,
  ),
});

/** A moment of which the frame says the day: it depends on where the site is, which may change without the document. */
export const dayOf = (moment: string) => html`<time datetime="${moment}"></time>`;

const renderArticle = ({ title, excerpt, content, tags, publishedAt }: Article, notes: Notes): Rendered => ({
  title,
  description: excerpt,
  image: null,
  isHidden: false,
  type: "article",
  main: String(html`<article class="block article">
<h1>${title}</h1>
${publishedAt ? html`<p class="meta">${dayOf(publishedAt)}</p>` : nothing}
${excerpt ? html`<p class="lead">${lined(excerpt)}</p>` : nothing}
<div class="prose">${richText(content, notes, "content")}</div>
${tags.length > 0 ? html`<ul class="tags">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>` : nothing}
</article>`),
});

/** Renders a page or an article from its frozen JSON; `notes` hears what of it is not shown. */
export const renderDocument = (kind: "page" | "post", json: string, notes = new Notes()): Rendered =>
  kind === "page" ? renderPage(JSON.parse(json), notes) : renderArticle(JSON.parse(json), notes);

import { html } from "hono/html";
import { beginsWithHero, type Block, renderBlocks } from "./blocks/index.ts";
import { type Html, lined, nothing } from "./blocks/kit.ts";
import { Notes } from "./notes.ts";
import { type Facts, noFacts } from "./structured/facts.ts";
import { imageOf, propsOf } from "./text/props.ts";
import { richText } from "./text/rich-text.ts";

/** Changes whenever documents are rendered in another way: the next publish renders them all anew. */
export const RENDERING = 8;

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
  /** What is of use to programs; documents rendered before there was any have none. */
  facts?: Facts;
  /** Of an article. */
  article?: Pick<Article, "tags" | "author" | "updatedAt" | "publishedAt">;
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
  /** Name of the member who wrote it. */
  author: string | null;
  updatedAt: string;
  publishedAt: string | null;
}

function renderPage({ seo, blocks, title, locale }: Page, notes: Notes): Rendered {
  const facts = noFacts();
  const heading = beginsWithHero(blocks) ? nothing : html`<h1>${title}</h1>`;
  return {
    title: seo.title ?? title,
    description: seo.description,
    image: imageOf(propsOf({ ogImage: seo.ogImage }, "seo", notes), "ogImage"),
    isHidden: seo.noIndex,
    type: "website",
    main: String(html`${heading}${renderBlocks(blocks, locale, notes, facts)}`),
    facts,
  };
}

/** A moment of which the frame says the day: it depends on where the site is, which may change without the document. */
export const dayOf = (moment: string) => html`<time datetime="${moment}"></time>`;

/** Who wrote an article, and when. */
function byline({ author, publishedAt }: Article): Html {
  if (!author && !publishedAt) return nothing;
  const day = publishedAt ? dayOf(publishedAt) : nothing;
  return html`<p class="meta">${author ?? nothing}${author && publishedAt ? " · " : nothing}${day}</p>`;
}

function renderArticle(article: Article, notes: Notes): Rendered {
  const { title, excerpt, content, tags, author = null, updatedAt, publishedAt } = article;
  return {
    title,
    description: excerpt,
    image: null,
    isHidden: false,
    type: "article",
    main: String(html`<article class="block article">
<h1>${title}</h1>
${byline(article)}
${excerpt ? html`<p class="lead">${lined(excerpt)}</p>` : nothing}
<div class="prose">${richText(content, notes, "content")}</div>
${tags.length > 0 ? html`<ul class="tags">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>` : nothing}
</article>`),
    article: { tags, author, updatedAt, publishedAt },
  };
}

/** Renders a page or an article from its frozen JSON; `notes` hears what of it is not shown. */
export const renderDocument = (kind: "page" | "post", json: string, notes = new Notes()): Rendered =>
  kind === "page" ? renderPage(JSON.parse(json), notes) : renderArticle(JSON.parse(json), notes);

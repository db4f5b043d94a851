import { html } from "hono/html";
import { Album, type Found } from "./album.ts";
import { beginsWithHero, type Block, renderBlocks } from "./blocks/index.ts";
import { type Html, lined, nothing } from "./blocks/kit.ts";
import type { CustomBlocks } from "./custom/block.ts";
import { expanded } from "./custom/expand.ts";
import { Notes } from "./notes.ts";
import { type PictureMap, variantUpTo } from "./pictures.ts";
import type { Extra } from "./page/extras.ts";
import { hasOptIn } from "./push/opt-in.ts";
import { type Facts, noFacts } from "./structured/facts.ts";
import type { ProductFacts } from "./structured/products.ts";
import { richText } from "./text/rich-text.ts";

/** Changes whenever documents are rendered in another way: the next publish renders them all anew. */
export const RENDERING = 13;

/**
 * A document without what stands around it: the same at every address and in every deployment that shows it. The frame,
 * which has the navigation, is put around it when it is read, so that a new entry there changes no document.
 */
export interface Rendered {
  title: string;
  description: string | null;
  /** The address of the picture that stands for it where it is shared. */
  image: string | null;
  /** What is known of that picture. */
  imageSize?: ImageSize | null;
  isHidden: boolean;
  type: "website" | "article" | "product";
  /** HTML of the main part. */
  main: string;
  /** What is of use to programs; documents rendered before there was any have none. */
  facts?: Facts;
  /** What it loads besides what every page does. */
  extras?: readonly Extra[];
  /** Of a page of the shop, or with products on it. */
  products?: ProductFacts;
  /** Of an article. */
  article?: Pick<Article, "tags" | "author" | "updatedAt" | "publishedAt">;
}

export interface ImageSize {
  width: number;
  height: number;
  alt: string;
}

/** What rendering is handed beside a document: whoever renders it has looked it up. */
export interface Given {
  /** The pictures of the site's own that it names. */
  pictures: PictureMap;
  /** The custom blocks of the site that it names. */
  customBlocks?: CustomBlocks;
}

export const NOTHING_GIVEN: Given = { pictures: new Map() };

/** Wide enough for the preview of a shared page on every large network. */
const SHARED_WIDTH = 1_280;

/** A picture as it is shared: of those of ours, a size that is loaded everywhere. */
export function sharedPicture(found: Found | null): { image: string | null; imageSize: ImageSize | null } {
  const shared = found?.own && variantUpTo(found.own, SHARED_WIDTH);
  if (!found?.own || !shared) return { image: found?.address ?? null, imageSize: null };
  return { image: shared.url, imageSize: { width: shared.width, height: shared.height, alt: found.own.alt } };
}

/** What is rendered of a page as it is frozen. */
interface Page {
  id: string;
  /** The page it translates. */
  translationOf?: string | null;
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

function renderPage({ id, translationOf, seo, blocks, title, locale }: Page, notes: Notes, album: Album): Rendered {
  const facts = noFacts();
  const heading = beginsWithHero(blocks) ? nothing : html`<h1>${title}</h1>`;
  const main = html`${heading}${renderBlocks(blocks, locale, notes, album, facts, { id, original: translationOf ?? id })}`;
  return {
    title: seo.title ?? title,
    description: seo.description,
    ...sharedPicture(seo.ogImage === null ? null : album.find("seo.ogImage", seo.ogImage)),
    isHidden: seo.noIndex,
    type: "website",
    main: String(main),
    facts,
    ...(hasOptIn(String(main)) && { extras: ["push.css", "push.js"] }),
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

function renderArticle(article: Article, notes: Notes, album: Album): Rendered {
  const { title, excerpt, content, tags, author = null, updatedAt, publishedAt } = article;
  const main = html`<article class="block article">
<h1>${title}</h1>
${byline(article)}
${excerpt ? html`<p class="lead">${lined(excerpt)}</p>` : nothing}
<div class="prose">${richText(content, notes, "content", album)}</div>
${tags.length > 0 ? html`<ul class="tags">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>` : nothing}
</article>`;
  return {
    title,
    description: excerpt,
    ...sharedPicture(album.first),
    isHidden: false,
    type: "article",
    main: String(main),
    article: { tags, author, updatedAt, publishedAt },
  };
}

/** Renders a page or an article from its frozen JSON; `notes` hears what of it is not shown. */
export function renderDocument(
  kind: "page" | "post",
  json: string,
  notes = new Notes(),
  { pictures, customBlocks = new Map() }: Given = NOTHING_GIVEN,
): Rendered {
  const album = new Album(pictures, notes);
  const document = JSON.parse(json);
  if (kind === "post") return renderArticle(document, notes, album);
  return renderPage({ ...document, blocks: expanded(document.blocks, customBlocks, notes) }, notes, album);
}

import { html } from "hono/html";
import { BLOG } from "../content/deployments/documents.ts";
import { frozenField } from "../content/deployments/frozen.ts";
import { frozenPages } from "../content/deployments/table.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import { addressOf } from "./address.ts";
import { listArticles } from "./find.ts";
import { lined, nothing } from "../rendering/blocks/kit.ts";
import { dayOf, type Rendered } from "../rendering/document.ts";
import { wordsFor } from "../rendering/page/words.ts";
import type { PublicSite } from "./site.ts";

/** Articles on one page of the blog. */
const PER_PAGE = 20;

interface Entry {
  title: string;
  slug: string;
  locale: string;
  excerpt: string | null;
  publishedAt: string | null;
}

const ENTRY = {
  title: frozenPages.title,
  slug: frozenPages.slug,
  locale: frozenPages.locale,
  excerpt: frozenField("excerpt"),
  publishedAt: frozenField("publishedAt"),
};

/** One page of the list of articles in a language, the newest first; `null` when there is nothing on it. */
export async function renderBlog(
  db: ReadDatabase,
  site: PublicSite,
  { locale, page }: { locale: string; page: number },
): Promise<Rendered | null> {
  const wanted = { locale, fields: ENTRY, limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
  const { articles, total } = await listArticles<Entry>(db, site, wanted);
  if (articles.length === 0) return null;
  const words = wordsFor(locale);
  const address = `${addressOf(site, { locale, slug: BLOG, parentId: null })}`;
  const entries = articles.map(
    (it) => html`<li class="card"><h2><a href="${addressOf(site, { ...it, parentId: null })}">${it.title}</a></h2>
${it.publishedAt ? html`<p class="meta">${dayOf(it.publishedAt)}</p>` : nothing}${it.excerpt ? html`<p>${lined(it.excerpt)}</p>` : nothing}</li>`,
  );
  const newer = page > 1 ? html`<a rel="prev" href="${address}?page=${page - 1}">${words.newer}</a>` : nothing;
  const older =
    page * PER_PAGE < total ? html`<a rel="next" href="${address}?page=${page + 1}">${words.older}</a>` : nothing;
  const pages =
    total > PER_PAGE ? html`<nav class="pages" aria-label="${words.blog}">${newer} ${older}</nav>` : nothing;
  return {
    title: words.blog,
    description: null,
    image: null,
    isHidden: page > 1,
    type: "website",
    main: String(
      html`<section class="block articles"><h1>${words.blog}</h1><ul class="list">${entries}</ul>${pages}</section>`,
    ),
  };
}

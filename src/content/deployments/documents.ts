import { type SQL, sql } from "drizzle-orm";
import { RENDERING } from "../../rendering/document.ts";
import { isoTime, isoTimeOrNull, PAGE_JSON } from "../pages/page-json.ts";

/** What a publish is about: a site, and of it all that is published, or only these pages. */
export interface Selection {
  siteId: string;
  only: string[] | null;
}

/** Articles stand below this path, in the site's own language. */
export const BLOG = "blog";

/** Rows `p` of the site; with `ids`, those of these ids. The `+` then keeps SQLite from reading the whole site. */
const inSite = (siteId: string, ids: string[] | null, id: SQL): SQL =>
  ids === null
    ? sql`p.site_id = ${siteId}`
    : sql`+p.site_id = ${siteId} AND p.id IN (SELECT ${id} FROM json_each(${JSON.stringify(ids)}))`;

/**
 * The site's documents to be published, as `kind, id, version, locale, slug, title, place`: pages first, in their order.
 * With `ids`, those of them that it names.
 */
export const documents = ({ siteId, only }: Selection, ids = only): SQL => {
  const pages = sql`SELECT 'page' AS kind, p.id, p.version, p.locale, p.slug, p.title, p.seq AS place FROM pages p
    WHERE ${inSite(siteId, ids, sql`value`)} AND p.status = 'published'`;
  if (only !== null) return pages;
  return sql`${pages} UNION ALL SELECT 'post', CAST(p.id AS TEXT), p.version, s.locale, ${`${BLOG}/`} || p.slug, p.title,
    p.id + 0.5 FROM posts p JOIN sites s ON s.id = p.site_id
    WHERE ${inSite(siteId, ids, sql`CAST(value AS INTEGER)`)} AND p.status = 'published'`;
};

/** What an article shows its readers. */
const POST_JSON = sql`json_object('id', CAST(p.id AS TEXT), 'title', p.title, 'slug', p.slug, 'locale', d.locale,
  'excerpt', p.excerpt, 'content', p.content, 'tags', json(p.tags), 'updatedAt', ${isoTime(sql`p.updated_at`)},
  'publishedAt', ${isoTimeOrNull(sql`p.published_at`)})`;

/** Document `d` as it is kept, built where its row is: its content passes through the Worker only to be rendered. */
export const DOCUMENT_JSON = sql`CASE d.kind WHEN 'page' THEN (SELECT ${PAGE_JSON} FROM pages p WHERE p.id = d.id)
  ELSE (SELECT ${POST_JSON} FROM posts p WHERE p.id = CAST(d.id AS INTEGER)) END`;

/** Whether frozen page `f` is document `d` as it is now; one rendered in a former way is not. Found by its id (`+`). */
export const isSame = sql`f.page_id = d.id AND f.page_version = d.version AND +f.locale = d.locale AND f.rendering = ${RENDERING}`;

/** Whether frozen page `f` is one of the documents as they are now. They are gathered once, not for each `f`. */
export const isOneOf = (selection: Selection): SQL =>
  sql`(f.rendering IS ${RENDERING} AND (f.page_id, f.page_version, f.locale) IN
    (SELECT d.id, d.version, d.locale FROM (${documents(selection)}) d))`;

/** Whether frozen page `f` is of a document that is to be published, in whatever version. */
export const isOfOne = (selection: Selection): SQL =>
  sql`(f.page_id IN (SELECT d.id FROM (${documents(selection)}) d))`;

/** The frozen pages `f` that make up a deployment of a site. */
export const ofDeployment = ({ siteId, number }: { siteId: string; number: number }, alias = sql`f`): SQL =>
  sql`${alias}.site_id = ${siteId} AND ${alias}.first_number <= ${number}
    AND (${alias}.end_number IS NULL OR ${alias}.end_number > ${number})`;

/** Its pages, without the articles of its blog. */
export const pagesOfDeployment = (live: { siteId: string; number: number }): SQL =>
  sql`${ofDeployment(live)} AND f.kind = 'page'`;

import { type SQL, sql } from "drizzle-orm";
import { ofDeployment } from "../content/deployments/documents.ts";
import type { DocumentKind } from "../content/deployments/table.ts";
import type { Database } from "../core/storage/database.ts";
import { type Addressed, START_SLUG } from "./address.ts";
import type { PublicSite } from "./site.ts";

/** A frozen page or article. */
export interface Found extends Addressed {
  id: string;
  kind: DocumentKind;
  /** With the id, what names it for good. */
  firstNumber: number;
  /** The page it translates. */
  original: string | null;
  /** Key of its rendering. */
  rendered: string | null;
}

const COLUMNS = sql`f.page_id AS id, f.kind, f.first_number AS firstNumber, f.locale, f.slug,
  f.page ->> 'parentId' AS parentId, f.page ->> 'translationOf' AS original, f.rendered`;

/** What a path names: a document, one that has moved, one that is gone, or nothing. */
export type Destination =
  | { kind: "found"; document: Found }
  | { kind: "moved"; document: Found }
  | { kind: "gone" }
  | { kind: "unknown" };

/** Of two pages at one address, which a page published alone may bring about, the one that came to it last. */
const NEWEST = sql`f.first_number DESC, f.page_id DESC`;

const first = async (db: Database, site: PublicSite, condition: SQL, order = NEWEST): Promise<Found | null> => {
  const [found] = await db.all<Found>(sql`SELECT ${COLUMNS} FROM frozen_pages f
    WHERE ${ofDeployment(site)} AND ${condition} ORDER BY ${order} LIMIT 1`);
  return found ?? null;
};

/** The page a language begins with: the one called `home`, or the first of the navigation. */
const startPage = (db: Database, site: PublicSite, locale: string): Promise<Found | null> =>
  first(
    db,
    site,
    sql`f.kind = 'page' AND f.locale = ${locale} AND f.page ->> 'parentId' IS NULL`,
    sql`f.slug = ${START_SLUG} DESC, f.page ->> '$.navigation.hidden', f.page ->> '$.navigation.order', f.page_id`,
  );

/**
 * Looks for the document of a slug. One that was published under that slug before has moved or is gone: old deployments
 * remember (HTTP 301 and 410).
 */
export async function findDestination(
  db: Database,
  site: PublicSite,
  locale: string,
  slug: string,
): Promise<Destination> {
  if (slug === "") {
    const document = await startPage(db, site, locale);
    if (document) return { kind: "found", document };
    // A page may be called like a language in which there is nothing.
    return locale === site.site.locale ? { kind: "unknown" } : findDestination(db, site, site.site.locale, locale);
  }
  const document = await first(db, site, sql`f.locale = ${locale} AND f.slug = ${slug}`);
  if (document) return { kind: "found", document };
  const [former] = await db.all<{ id: string }>(sql`SELECT f.page_id AS id FROM frozen_pages f
    WHERE f.site_id = ${site.siteId} AND f.locale = ${locale} AND f.slug = ${slug} AND f.first_number < ${site.number}
    ORDER BY f.first_number DESC LIMIT 1`);
  if (!former) return { kind: "unknown" };
  const moved = await first(db, site, sql`f.page_id = ${former.id}`);
  return moved ? { kind: "moved", document: moved } : { kind: "gone" };
}

/** A frozen document's own JSON. */
export async function frozenJson(db: Database, { siteId }: PublicSite, { id, firstNumber }: Found): Promise<string> {
  const [found] = await db.all<{ page: string }>(sql`SELECT page FROM frozen_pages
    WHERE site_id = ${siteId} AND page_id = ${id} AND first_number = ${firstNumber}`);
  return found?.page ?? "{}";
}

/** The document and its translations, as languages and slugs. */
export const translationsOf = (db: Database, site: PublicSite, { id, original }: Found): Promise<Addressed[]> => {
  const first = original ?? id;
  return db.all(sql`SELECT f.locale, f.slug, f.page ->> 'parentId' AS parentId FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND (f.page_id = ${first} OR f.page ->> 'translationOf' = ${first}) ORDER BY f.locale`);
};

/** Addresses a sitemap may list (sitemaps.org). */
const MAX_ADDRESSES = 50_000;

export const publishedAddresses = (db: Database, site: PublicSite): Promise<(Addressed & { updatedAt: string })[]> =>
  db.all(sql`SELECT f.locale, f.slug, f.page ->> 'parentId' AS parentId, f.page ->> 'updatedAt' AS updatedAt FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND NOT coalesce(f.page ->> '$.seo.noIndex', 0) ORDER BY f.kind, f.page_id LIMIT ${MAX_ADDRESSES}`);

/** The articles of a site, the newest first. */
export async function listArticles<Fields>(
  db: Database,
  site: PublicSite,
  { fields, limit, offset = 0 }: { fields: SQL; limit: number; offset?: number },
): Promise<{ articles: Fields[]; total: number }> {
  const where = sql`${ofDeployment(site)} AND f.kind = 'post'`;
  const [articles, [count]] = await Promise.all([
    db.all<Fields>(sql`SELECT ${fields} FROM frozen_pages f WHERE ${where}
      ORDER BY f.page ->> 'publishedAt' DESC, f.page_id DESC LIMIT ${limit} OFFSET ${offset}`),
    db.all<{ n: number }>(sql`SELECT count(*) AS n FROM frozen_pages f WHERE ${where}`),
  ]);
  return { articles, total: count?.n ?? 0 };
}

/** Whether the site has a blog. */
export async function hasBlog(db: Database, site: PublicSite): Promise<boolean> {
  const [found] = await db.all<{ n: number }>(sql`SELECT
    EXISTS (SELECT 1 FROM frozen_pages f WHERE ${ofDeployment(site)} AND f.kind = 'post') AS n`);
  return found?.n === 1;
}

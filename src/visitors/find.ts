import { sql } from "drizzle-orm";
import type { Page } from "../content/pages/contract.ts";
import { ofDeployment } from "../delivery/live/pages.ts";
import type { Database } from "../core/storage/database.ts";
import { type Addressed, START_SLUG } from "./address.ts";
import type { PublicSite } from "./site.ts";

interface Found {
  page: string;
}
const parsed = ({ page }: Found): Page => JSON.parse(page) as Page;

/** What a path names: a page, one that has moved, one that is gone, or nothing. */
export type Destination =
  | { kind: "page"; page: Page }
  | { kind: "moved"; page: Page }
  | { kind: "gone" }
  | { kind: "unknown" };

/** The page a language begins with: the one called `home`, or the first of the navigation. */
async function startPage(db: Database, site: PublicSite, locale: string): Promise<Page | null> {
  const [found] = await db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND f.locale = ${locale} AND f.page ->> 'parentId' IS NULL
    ORDER BY f.slug = ${START_SLUG} DESC, f.page ->> '$.navigation.hidden', f.page ->> '$.navigation.order', f.page_id
    LIMIT 1`);
  return found ? parsed(found) : null;
}

/**
 * Looks for the page of a slug. One that was published under that slug before has moved or is gone: old deployments
 * remember (HTTP 301 and 410).
 */
export async function findDestination(
  db: Database,
  site: PublicSite,
  locale: string,
  slug: string,
): Promise<Destination> {
  if (slug === "") {
    const page = await startPage(db, site, locale);
    if (page) return { kind: "page", page };
    // A page may be called like a language in which there is nothing.
    return locale === site.site.locale ? { kind: "unknown" } : findDestination(db, site, site.site.locale, locale);
  }
  const [found] = await db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND f.locale = ${locale} AND f.slug = ${slug}`);
  if (found) return { kind: "page", page: parsed(found) };
  const [former] = await db.all<{ id: string }>(sql`SELECT f.page_id AS id FROM frozen_pages f
    WHERE f.site_id = ${site.siteId} AND f.locale = ${locale} AND f.slug = ${slug} AND f.first_number < ${site.number}
    ORDER BY f.first_number DESC LIMIT 1`);
  if (!former) return { kind: "unknown" };
  const [moved] = await db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND f.page_id = ${former.id}`);
  return moved ? { kind: "moved", page: parsed(moved) } : { kind: "gone" };
}

export interface MenuRow {
  id: string;
  title: string;
  label: string | null;
  slug: string;
  parentId: string | null;
}

/** Entries of the navigation's first level; a visitor's menu is not a sitemap. */
const MAX_ENTRIES = 20;

export const menuRows = (db: Database, site: PublicSite, locale: string): Promise<MenuRow[]> =>
  db.all<MenuRow>(sql`SELECT f.page_id AS id, f.title, f.page ->> '$.navigation.label' AS label, f.slug,
    f.page ->> 'parentId' AS parentId FROM frozen_pages f WHERE ${ofDeployment(site)} AND f.locale = ${locale}
    AND NOT coalesce(f.page ->> '$.navigation.hidden', 0) AND f.page ->> 'parentId' IS NULL
    ORDER BY f.page ->> '$.navigation.order', f.page_id LIMIT ${MAX_ENTRIES}`);

/** The page and its translations, as languages and slugs. */
export const translationsOf = (db: Database, site: PublicSite, page: Page): Promise<Addressed[]> => {
  const original = page.translationOf ?? page.id;
  return db.all(sql`SELECT f.locale, f.slug, f.page ->> 'parentId' AS parentId FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND (f.page_id = ${original} OR f.page ->> 'translationOf' = ${original}) ORDER BY f.locale`);
};

/** Addresses a sitemap may list (sitemaps.org). */
const MAX_ADDRESSES = 50_000;

export const publishedAddresses = (db: Database, site: PublicSite): Promise<(Addressed & { updatedAt: string })[]> =>
  db.all(sql`SELECT f.locale, f.slug, f.page ->> 'parentId' AS parentId, f.page ->> 'updatedAt' AS updatedAt FROM frozen_pages f WHERE ${ofDeployment(site)}
    AND NOT coalesce(f.page ->> '$.seo.noIndex', 0) ORDER BY f.page_id LIMIT ${MAX_ADDRESSES}`);

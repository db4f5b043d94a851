import { and, count, desc, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { ALL_FROZEN, frozenField, ofDeployment } from "../content/deployments/frozen.ts";
import { type DocumentKind, frozenPages } from "../content/deployments/table.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import type { KeptNotes } from "../rendering/notes.ts";
import { LEGAL_SLUGS } from "../rendering/page/footer.ts";
import { type Addressed, START_SLUG } from "./address.ts";
import type { PublicSite } from "./site.ts";

/** A frozen page or article. */
export interface Found extends Addressed {
  id: string;
  title: string;
  kind: DocumentKind;
  /** With the id, what names it for good. */
  firstNumber: number;
  /** The page it translates. */
  original: string | null;
  /** Key of its rendering. */
  rendered: string | null;
}

const { siteId, pageId, firstNumber, kind, locale: language, slug: address } = frozenPages;

/** What an address is made of. */
const ADDRESSED = { locale: language, slug: address, parentId: frozenField<string | null>("parentId") };

const FOUND = {
  ...ADDRESSED,
  id: pageId,
  title: frozenPages.title,
  kind,
  firstNumber,
  original: frozenField<string | null>("translationOf"),
  rendered: frozenPages.rendered,
};

type Selected = SQLiteColumn | SQL;

/** What a path names: a document, one that has moved, one that is gone, or nothing. */
export type Destination =
  | { kind: "found"; document: Found }
  | { kind: "moved"; document: Found }
  | { kind: "gone" }
  | { kind: "unknown" };

/** Of two pages at one address, which a page published alone may bring about, the one that came to it last. */
const NEWEST: Selected[] = [desc(firstNumber), desc(pageId)];

const first = async (
  db: ReadDatabase,
  site: PublicSite,
  condition: SQL | undefined,
  order = NEWEST,
): Promise<Found | null> => {
  const [found] = await db
    .select(FOUND)
    .from(frozenPages)
    .where(and(ofDeployment(site), condition))
    .orderBy(...order)
    .limit(1);
  return found ?? null;
};

/** A document by its id. */
export const findById = (db: ReadDatabase, site: PublicSite, id: string): Promise<Found | null> =>
  first(db, site, eq(pageId, id));

/** The page a language begins with: the one called `home`, or the first of the navigation. */
const startPage = (db: ReadDatabase, site: PublicSite, locale: string): Promise<Found | null> =>
  first(db, site, and(eq(kind, "page"), eq(language, locale), isNull(frozenField("parentId"))), [
    desc(eq(address, START_SLUG)),
    frozenField("navigation.hidden"),
    frozenField("navigation.order"),
    pageId,
  ]);

/**
 * Looks for the document of a slug. One that was published under that slug before has moved or is gone: old deployments
 * remember (HTTP 301 and 410).
 */
export async function findDestination(
  db: ReadDatabase,
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
  const isThere = and(eq(language, locale), eq(address, slug));
  const document = await first(db, site, isThere);
  if (document) return { kind: "found", document };
  const [former] = await db
    .select({ id: sql<string>`${pageId}` })
    .from(ALL_FROZEN)
    .where(and(eq(siteId, site.siteId), isThere, lt(firstNumber, site.number)))
    .orderBy(desc(firstNumber))
    .limit(1);
  if (!former) return { kind: "unknown" };
  const moved = await first(db, site, eq(pageId, former.id));
  return moved ? { kind: "moved", document: moved } : { kind: "gone" };
}

/** A document's JSON as it is stored. */
export const PAGE_TEXT = sql<string>`${frozenPages.page}`;

/** A frozen document's own JSON, and what was kept beside it when it was rendered; `null` for a draft that was deleted just now. */
export async function frozenSource(
  db: ReadDatabase,
  site: PublicSite,
  document: Found,
): Promise<{ page: string; notes: KeptNotes | null } | null> {
  // A draft that has changed meanwhile is shown as it is now.
  const isIt = and(eq(pageId, document.id), site.draft ? undefined : eq(firstNumber, document.firstNumber));
  const [found] = await db
    .select({ page: PAGE_TEXT, notes: frozenPages.notes })
    .from(frozenPages)
    .where(and(eq(siteId, site.siteId), isIt));
  return found ?? null;
}

/** The document and its translations, as languages and slugs. */
export const translationsOf = (db: ReadDatabase, site: PublicSite, { id, original }: Found): Promise<Addressed[]> => {
  const first = original ?? id;
  const isVersion = or(eq(pageId, first), sql`${frozenField("translationOf")} = ${first}`);
  return db
    .select(ADDRESSED)
    .from(frozenPages)
    .where(and(ofDeployment(site), isVersion))
    .orderBy(language);
};

/** The same page in another language; `null` where it is not translated. */
export function translationIn(
  db: ReadDatabase,
  site: PublicSite,
  { id, original }: Found,
  locale: string,
): Promise<Found | null> {
  const source = original ?? id;
  const isVersion = or(eq(pageId, source), sql`${frozenField("translationOf")} = ${source}`);
  return first(db, site, and(eq(language, locale), eq(kind, "page"), isVersion));
}

/** The languages in which the site has pages, its own first. */
export const shownLanguages = async (db: ReadDatabase, site: PublicSite): Promise<string[]> => {
  const { locale, locales } = site.site;
  const wanted = JSON.stringify([...new Set([locale, ...locales])]);
  const isPage = and(ofDeployment(site), eq(kind, "page"), sql`${language} = it.value`);
  const rows = await db.all<{ tag: string }>(
    sql`SELECT it.value AS tag FROM json_each(${wanted}) it WHERE EXISTS (SELECT 1 FROM ${frozenPages} WHERE ${isPage})`,
  );
  return rows.map(({ tag }) => tag);
};

/** The pages of a language that the law asks for, in the order of `LEGAL_SLUGS`. */
export const legalPages = async (
  db: ReadDatabase,
  site: PublicSite,
  locale: string,
): Promise<(Addressed & { title: string })[]> => {
  const isLegal = and(eq(language, locale), eq(kind, "page"), inArray(address, [...LEGAL_SLUGS]));
  const rows = await db
    .select({ ...ADDRESSED, title: frozenPages.title })
    .from(frozenPages)
    .where(and(ofDeployment(site), isLegal));
  const order = ({ slug }: Addressed) => LEGAL_SLUGS.indexOf(slug);
  return rows.sort((a, b) => order(a) - order(b));
};

/** What search engines may list of a site. */
const isFindable = (site: PublicSite) => and(ofDeployment(site), sql`NOT coalesce(${frozenField("seo.noIndex")}, 0)`);

export async function countAddresses(db: ReadDatabase, site: PublicSite): Promise<number> {
  const [found] = await db.select({ n: count() }).from(frozenPages).where(isFindable(site));
  return found?.n ?? 0;
}

export const publishedAddresses = (
  db: ReadDatabase,
  site: PublicSite,
  { limit, offset }: { limit: number; offset: number },
): Promise<(Addressed & { updatedAt: string })[]> =>
  db
    .select({ ...ADDRESSED, updatedAt: frozenField<string>("updatedAt") })
    .from(frozenPages)
    .where(isFindable(site))
    .orderBy(kind, pageId)
    .limit(limit)
    .offset(offset);

const isArticle = (site: PublicSite) => and(ofDeployment(site), eq(kind, "post"));

/** The articles of a site in one language, the newest first. */
export async function listArticles<Entry>(
  db: ReadDatabase,
  site: PublicSite,
  wanted: { locale: string; fields: Record<keyof Entry, Selected>; limit: number; offset?: number },
): Promise<{ articles: Entry[]; total: number }> {
  const { locale, fields, limit, offset = 0 } = wanted;
  const isWanted = and(isArticle(site), eq(language, locale));
  const [articles, [counted]] = await Promise.all([
    db
      .select(fields as Record<string, Selected>)
      .from(frozenPages)
      .where(isWanted)
      .orderBy(desc(frozenField("publishedAt")), desc(pageId))
      .limit(limit)
      .offset(offset),
    db.select({ n: count() }).from(frozenPages).where(isWanted),
  ]);
  return { articles: articles as Entry[], total: counted?.n ?? 0 };
}

/** The languages the site has a blog in. */
export async function blogLanguages(db: ReadDatabase, site: PublicSite): Promise<string[]> {
  const found = await db.selectDistinct({ language }).from(frozenPages).where(isArticle(site)).orderBy(language);
  return found.map((it) => it.language);
}

/** What a list of a site's documents says of each. */
export interface Entry extends Addressed {
  title: string;
  description: string | null;
}

/** What search engines may list in one language: pages in the order of the navigation, articles with the newest first. */
export const listEntries = (
  db: ReadDatabase,
  site: PublicSite,
  wanted: { kind: DocumentKind; locale: string; limit: number },
): Promise<Entry[]> => {
  const isPage = wanted.kind === "page";
  const order = isPage
    ? [frozenField("navigation.hidden"), frozenField("navigation.order"), pageId]
    : [desc(frozenField("publishedAt")), desc(pageId)];
  return db
    .select({
      ...ADDRESSED,
      title: frozenPages.title,
      description: frozenField<string | null>(isPage ? "seo.description" : "excerpt"),
    })
    .from(frozenPages)
    .where(and(isFindable(site), eq(kind, wanted.kind), eq(language, wanted.locale)))
    .orderBy(...order)
    .limit(wanted.limit);
};

import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { freeSlug } from "../../../core/storage/slug.ts";
import { pages } from "../table.ts";
import type { PageRow } from "./find.ts";
import { ancestorsOf } from "./relatives.ts";

const SLUG_INDEX = [pages.siteId, pages.locale, pages.slug];
const TRANSLATION_INDEX = [pages.translationOf, pages.locale];

/** The first free variant of a slug in the site and locale. */
export const unusedSlug = (ctx: Ctx, at: { siteId: string; locale: string; base: string; id: string }) =>
  freeSlug(ctx, {
    ...at,
    isTaken: (slug) =>
      sql`SELECT 1 FROM ${pages} WHERE ${pages.siteId} = ${at.siteId} AND ${pages.locale} = ${at.locale}
        AND ${pages.slug} = ${slug}`,
  });

/** Answers for the two UNIQUE indexes. A slug we made up ourselves is made up again. */
export function expectUnique(ctx: Ctx, row: PageRow, isSlugGiven: boolean): void {
  const taken = conflict("slug", `The slug "${row.slug}" is already taken in locale ${row.locale}.`);
  ctx.unit.onDuplicate(SLUG_INDEX, isSlugGiven ? taken : new ConcurrentChange());
  const translated = conflict("locale", `The page already has a translation in locale ${row.locale}.`);
  ctx.unit.onDuplicate(TRANSLATION_INDEX, translated);
}

/** Paths of every domain that Cloudflare answers itself. */
const NOT_OURS = new Set(["cdn-cgi"]);

/** A page of the site's own language must not be called like another of its languages, which begins at that address. */
export function requireReachable(ctx: Ctx, { siteId, locale, slug }: PageRow): void {
  if (NOT_OURS.has(slug)) throw invalid("slug", "is reserved");
  const begins = and(eq(sites.id, siteId), eq(sites.locale, locale), ne(sites.locale, slug));
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${sites}, json_each(${sites.locales}) WHERE ${begins} AND value = ${slug})`,
    invalid("slug", "is where a language of this site begins"),
  );
}

/**
 * Checks where a page is to stand: its locale belongs to the site, its parent and the page it translates exist there,
 * the parent is not below it. All of it is checked again in the commit.
 */
export async function checkPlace(ctx: Ctx, row: PageRow, siteLocales: readonly string[]): Promise<void> {
  if (!siteLocales.includes(row.locale)) {
    throw invalid("locale", `is not a locale of this site (${siteLocales.join(", ")})`);
  }
  const site = and(
    eq(sites.id, row.siteId),
    sql`EXISTS (SELECT 1 FROM json_each(${sites.locales}) WHERE value = ${row.locale})`,
  );
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${sites} WHERE ${site})`);
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${and(eq(pages.translationOf, row.id), eq(pages.locale, row.locale))})`,
    conflict("locale", `The page already has a translation in locale ${row.locale}.`),
  );
  const ids = [row.parentId, row.translationOf].filter((id) => id !== null);
  if (ids.length === 0) return;
  const related = await ctx.db
    .select({ id: pages.id, locale: pages.locale, translationOf: pages.translationOf, parentId: pages.parentId })
    .from(pages)
    .where(scoped(ctx, pages, eq(pages.siteId, row.siteId), inArray(pages.id, ids)));
  const byId = new Map(related.map((page) => [page.id, page]));
  if (row.parentId !== null) requireParent(ctx, row, row.parentId, byId.has(row.parentId));
  if (row.translationOf !== null) requireOriginal(ctx, row, byId.get(row.translationOf));
}

function requireParent(ctx: Ctx, row: PageRow, parentId: string, exists: boolean): void {
  if (!exists) throw invalid("parentId", "is not a page of this site");
  if (parentId === row.id) throw invalid("parentId", "is the page itself");
  ctx.unit.require(
    sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${pages.id} = ${parentId})`,
    invalid("parentId", "is not a page of this site"),
  );
  ctx.unit.require(sql`${row.id} NOT IN (${ancestorsOf(parentId)})`, invalid("parentId", "is below this page"));
}

function requireOriginal(
  ctx: Ctx,
  row: PageRow,
  original: { id: string; locale: string; translationOf: string | null } | undefined,
): void {
  if (!original) throw invalid("translationOf", "is not a page of this site");
  if (original.id === row.id) throw invalid("translationOf", "is the page itself");
  if (original.translationOf !== null)
    throw invalid("translationOf", "is itself a translation; name the original page");
  if (original.locale === row.locale) throw invalid("locale", "is the locale of the page it translates");
  const isOriginal = and(eq(pages.id, original.id), sql`${pages.translationOf} IS NULL`, ne(pages.locale, row.locale));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${isOriginal})`);
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${eq(pages.translationOf, row.id)})`,
    invalid("translationOf", "cannot be set: other pages translate this one"),
  );
}

import { and, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../core/work/context.ts";
import { frozenField, ofDeployment, pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import { notFound } from "../../core/errors.ts";
import { readNumberedPage } from "../../core/storage/numbered-list.ts";
import { isListed } from "../../core/storage/scoped.ts";
import type { Page } from "../pages/contract.ts";
import type { Live } from "./site.ts";

const { pageId, locale: language, slug: address, firstNumber } = frozenPages;

/** A page in another language. */
const translated = alias(frozenPages, "translated");

/** Whether a frozen page is what a reader of `locale` gets: in that language, or in the site's own where it is not translated. */
const isFor = (live: Live, locale: string): SQL => {
  const original = sql`coalesce(${frozenField("translationOf")}, ${pageId})`;
  const translates = frozenField("translationOf", translated);
  return sql`(${language} = ${locale} OR (${language} = ${live.site.locale} AND NOT EXISTS (
    SELECT 1 FROM ${frozenPages} AS ${translated}
    WHERE ${ofDeployment(live, translated)} AND ${translated.locale} = ${locale}
    AND (${translates} = ${pageId} OR ${translated.pageId} = ${original} OR ${translates} = ${original}))))`;
};

const PAGE = { page: frozenPages.page };

const pageOf = ({ page }: { page: unknown }): Page => page as Page;

/** One numbered page of the published pages, in the order they were made. */
export async function listLivePages(
  ctx: Ctx,
  live: Live,
  query: { locale?: string | undefined; page: number; per_page: number },
): Promise<{ items: Page[]; page: number; per_page: number; total: number }> {
  const where =
    query.locale === undefined
      ? pagesOfDeployment(live)
      : sql`${pagesOfDeployment(live)} AND ${isFor(live, query.locale)}`;
  const source = { table: frozenPages, where, id: pageId, sorts: { id: pageId } };
  const asMade = { ...query, sort: [{ name: "id", direction: "asc" as const }] };
  const { rows, page, perPage, total } = await readNumberedPage(ctx, source, asMade);
  return { items: rows.map((row) => pageOf(row as { page: unknown })), page, per_page: perPage, total };
}

/**
 * A published page by its slug, in the language asked for if it has a translation into it, else as it is: a link in any
 * language leads to what its reader can read.
 */
export async function livePage(ctx: Ctx, live: Live, slug: string, locale: string | undefined): Promise<Page> {
  const wanted = locale ?? live.site.locale;
  const [found] = await ctx.db
    .select(PAGE)
    .from(frozenPages)
    .where(and(pagesOfDeployment(live), isListed(language, live.site.locales), eq(address, slug)))
    .orderBy(desc(eq(language, wanted)), desc(eq(language, live.site.locale)), desc(firstNumber), desc(pageId))
    .limit(1);
  if (!found) throw notFound("Page");
  const page = pageOf(found);
  if (page.locale === wanted) return page;
  const original = page.translationOf ?? page.id;
  const isTranslation = or(eq(pageId, original), sql`${frozenField("translationOf")} = ${original}`);
  const [other] = await ctx.db
    .select(PAGE)
    .from(frozenPages)
    .where(and(pagesOfDeployment(live), eq(language, wanted), isTranslation))
    .limit(1);
  return other ? pageOf(other) : page;
}

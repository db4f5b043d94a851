import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../core/context.ts";
import { ofDeployment, pagesOfDeployment } from "../deployments/documents.ts";
import { notFound } from "../../core/errors.ts";
import type { Page } from "../pages/contract.ts";
import type { Live } from "./site.ts";

/** Whether page `f` is what a reader of `locale` gets: in that language, or in the site's own where it is not translated. */
const isFor = (live: Live, locale: string): SQL => {
  const original = sql`coalesce(f.page ->> 'translationOf', f.page_id)`;
  return sql`(f.locale = ${locale} OR (f.locale = ${live.site.locale} AND NOT EXISTS (
    SELECT 1 FROM frozen_pages t WHERE ${ofDeployment(live, sql`t`)} AND t.locale = ${locale}
    AND (t.page ->> 'translationOf' = f.page_id OR t.page_id = ${original} OR t.page ->> 'translationOf' = ${original}))))`;
};

interface Found {
  page: string;
}

const parsed = ({ page }: Found): Page => JSON.parse(page) as Page;

/** One numbered page of the published pages, in the order they were made. */
export async function listLivePages(
  ctx: Ctx,
  live: Live,
  query: { locale?: string | undefined; page: number; per_page: number },
): Promise<{ items: Page[]; total: number }> {
  const where =
    query.locale === undefined
      ? pagesOfDeployment(live)
      : sql`${pagesOfDeployment(live)} AND ${isFor(live, query.locale)}`;
  const [rows, [count]] = await Promise.all([
    ctx.db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${where} ORDER BY f.page_id
      LIMIT ${query.per_page} OFFSET ${(query.page - 1) * query.per_page}`),
    ctx.db.all<{ n: number }>(sql`SELECT count(*) AS n FROM frozen_pages f WHERE ${where}`),
  ]);
  return { items: rows.map(parsed), total: count?.n ?? 0 };
}

/**
 * A published page by its slug, in the language asked for if it has a translation into it, else as it is: a link in any
 * language leads to what its reader can read.
 */
export async function livePage(ctx: Ctx, live: Live, slug: string, locale: string | undefined): Promise<Page> {
  const wanted = locale ?? live.site.locale;
  const found = await ctx.db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${pagesOfDeployment(live)}
    AND f.locale IN (SELECT value FROM json_each(${JSON.stringify(live.site.locales)})) AND f.slug = ${slug} ORDER BY f.locale = ${wanted} DESC, f.locale = ${live.site.locale} DESC,
    f.first_number DESC, f.page_id DESC LIMIT 1`);
  if (!found[0]) throw notFound("Page");
  const page = parsed(found[0]);
  if (page.locale === wanted) return page;
  const original = page.translationOf ?? page.id;
  const translated = await ctx.db.all<Found>(sql`SELECT f.page FROM frozen_pages f WHERE ${pagesOfDeployment(live)}
    AND f.locale = ${wanted} AND (f.page_id = ${original} OR f.page ->> 'translationOf' = ${original}) LIMIT 1`);
  return translated[0] ? parsed(translated[0]) : page;
}

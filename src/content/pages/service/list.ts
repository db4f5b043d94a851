import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { type ListPagesQuery, toPage } from "../contract.ts";
import { matchesSearch } from "../search.ts";
import { pages } from "../table.ts";
import { PUBLICATION_STATUSES, type PublicationStatus } from "../../../core/publication.ts";
import { sortKey } from "../../../core/storage/folded.ts";
import type { NumberedSource } from "../../../core/storage/numbered-list.ts";

const PAGES = counter("pages", PUBLICATION_STATUSES);

const found = alias(pages, "found");

/** Found in the index of slugs, which begins with the locale: one look-up for each locale of the site. */
const hasSlug = (siteId: string, slug: string): SQL =>
  sql`${pages.seq} IN (SELECT ${found.seq} FROM ${sites}, json_each(${sites.locales}) spoken CROSS JOIN ${pages} AS ${found}
    WHERE ${sites.id} = ${siteId} AND ${found.siteId} = ${sites.id} AND ${found.locale} = spoken.value
    AND ${found.slug} = ${slug})`;

/** A site's pages as a numbered list. */
export const numberedPages = (ctx: Ctx, siteId: string, { status }: { status?: string }): NumberedSource => ({
  table: pages,
  where: scoped(
    ctx,
    pages,
    eq(pages.siteId, siteId),
    status ? eq(pages.status, status as PublicationStatus) : undefined,
  ),
  sorts: { created_at: pages.createdAt, updated_at: pages.updatedAt, title: pages.title },
  id: pages.seq,
  counted: PAGES.count(siteId, status ? [status as PublicationStatus] : undefined),
  search: (text) => matchesSearch(siteId, text),
  createdAt: pages.createdAt,
  updatedAt: pages.updatedAt,
});

export async function listPages({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListPagesQuery> };
}) {
  const { siteId, query } = input;
  const { status, search, locale, slug, parentId, translationOf } = query;
  const filters: (SQL | undefined)[] = [
    search === undefined ? undefined : matchesSearch(siteId, search),
    locale === undefined ? undefined : eq(pages.locale, locale),
    slug === undefined ? undefined : hasSlug(siteId, slug),
    parentId === undefined ? undefined : eq(pages.parentId, parentId),
    translationOf === undefined ? undefined : eq(pages.translationOf, translationOf),
  ];
  const isCounted = filters.every((filter) => filter === undefined);
  const isNarrow = [search, slug, parentId, translationOf].some((filter) => filter !== undefined);
  // The `+` keeps SQLite from reading the whole site when another condition leads to a few pages.
  const inSite = isNarrow ? sql`+${pages.siteId} = ${siteId}` : eq(pages.siteId, siteId);
  const where = scoped(ctx, pages, inSite, status ? eq(pages.status, status) : undefined, ...filters);
  const total = isCounted ? PAGES.count(siteId, status && [status]) : undefined;
  const orders = { createdAt: pages.createdAt, updatedAt: pages.updatedAt, title: sortKey(pages.title) };
  const source = { name: `pages:${siteId}`, table: pages, id: pages.id, where, orders, counted: total, isNarrow };
  const site = ctx.db
    .select({ id: sites.id })
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.id, siteId)));
  const list = await listByCursor(ctx, source, query, [site]);
  if ((list.also[0] as unknown[]).length === 0) throw notFound("Site");
  return { items: list.rows.map(toPage), pagination: list.pagination };
}

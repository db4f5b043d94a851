import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { prepared } from "../../../core/storage/prepared.ts";
import { scopedByName, scopeOf } from "../../../core/storage/scoped.ts";
import { findSite } from "../../sites/service.ts";
import { type Page, toPage } from "../contract.ts";
import { pages } from "../table.ts";

export type PageRow = typeof pages.$inferSelect;

/** Prepared, being the read most callers make: building its text anew took a tenth of the request. */
const pageById = prepared((db) =>
  db
    .select()
    .from(pages)
    .where(scopedByName(pages, eq(pages.id, sql.placeholder("pageId")), eq(pages.siteId, sql.placeholder("siteId"))))
    .prepare(),
);

/** The page of this site as stored; throws `not_found`, of the site when that is what is missing. */
export async function findPage(ctx: Ctx, siteId: string, pageId: string): Promise<PageRow> {
  const [row] = await pageById(ctx.db).all({ ...scopeOf(ctx), pageId, siteId });
  if (row) return row;
  await findSite(ctx, siteId);
  throw notFound("Page");
}

export const getPage = async ({ ctx, input }: { ctx: Ctx; input: { siteId: string; pageId: string } }): Promise<Page> =>
  toPage(await findPage(ctx, input.siteId, input.pageId));

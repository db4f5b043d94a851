import { eq } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { requireVersion } from "../../../core/storage/version.ts";
import { findSite } from "../../sites/service.ts";
import { type CreatePage, type Page, toPage, type UpdatePage } from "../contract.ts";
import { PAGE_EVENTS } from "../events.ts";
import { textOf } from "../search.ts";
import { pages } from "../table.ts";
import { EMPTY_NAVIGATION, EMPTY_SEO } from "./create.ts";
import { findPage, isUnchanged, type PageRow } from "./find.ts";
import { checkSchedule } from "./publish-at.ts";
import { checkPlace, expectUnique } from "./place.ts";

export interface UpdatePageInput {
  siteId: string;
  pageId: string;
  changes: UpdatePage;
  /** From If-Match; `null` when the caller does not care. */
  expectedVersions: readonly number[] | null;
}

/** Changes the named fields; `publishedAt` is set the first time a page becomes published. */
export async function updatePage({ ctx, input }: { ctx: Ctx; input: UpdatePageInput }): Promise<Page> {
  const { siteId, pageId, changes } = input;
  const before = await findPage(ctx, siteId, pageId);
  requireVersion(before.version, input.expectedVersions);
  const { seo, navigation, ...plain } = changes;
  const row: PageRow = {
    ...before,
    ...plain,
    seo: { ...before.seo, ...seo },
    navigation: { ...before.navigation, ...navigation },
    version: before.version + 1,
    updatedAt: ctx.now,
  };
  if (plain.blocks) row.searchText = textOf(plain.blocks);
  if (row.status === "published") row.publishedAt ??= ctx.now;
  // Whoever publishes or archives a page settles what was planned for it.
  if (row.status !== "draft" && !changes.publishAt) row.publishAt = null;
  if (row.publishAt !== before.publishAt || row.status !== before.status) checkSchedule(ctx, row);
  if (movesPage(before, row)) await checkPlace(ctx, row, (await findSite(ctx, siteId)).locales);
  expectUnique(ctx, row, true);
  ctx.unit.require(isUnchanged(before));
  const { seq: _, id: __, ...values } = row;
  ctx.unit.stage(
    ctx.db
      .update(pages)
      .set(values)
      .where(scoped(ctx, pages, eq(pages.id, pageId))),
  );
  const after = toPage(row);
  ctx.unit.emit(PAGE_EVENTS.updated, after, siteId);
  ctx.unit.audit("page.updated", { type: "page", id: pageId, before: toPage(before), after });
  return after;
}

const movesPage = (before: PageRow, after: PageRow): boolean =>
  before.locale !== after.locale || before.parentId !== after.parentId || before.translationOf !== after.translationOf;

/** What PUT means: fields left out get their defaults. Slug and locale stay when left out, being the page's address. */
export const replacePage = (at: { ctx: Ctx; input: Omit<UpdatePageInput, "changes"> & { page: CreatePage } }) => {
  const { page, ...rest } = at.input;
  const defaults = { status: "draft" as const, translationOf: null, parentId: null, publishAt: null, blocks: [] };
  const changes = { ...defaults, ...page, seo: page.seo ?? EMPTY_SEO, navigation: page.navigation ?? EMPTY_NAVIGATION };
  return updatePage({ ctx: at.ctx, input: { ...rest, changes } });
};

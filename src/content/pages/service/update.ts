import { requireAsStored } from "../../../core/contract.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { publicationTime } from "../../../core/publication.ts";
import { stageUses } from "../../media/places.ts";
import { findSite } from "../../sites/service.ts";
import { type CreatePage, type Page, PageBodies, toPage, type UpdatePage } from "../contract.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import { findPage, type PageRow } from "./find.ts";
import { checkSchedule } from "./publish-at.ts";
import { checkPlace, expectUnique, requireReachable } from "./place.ts";
import { stageChange } from "../../../core/work/versioned.ts";

export interface UpdatePageInput {
  siteId: string;
  pageId: string;
  changes: UpdatePage;
  /** Read-only fields that must be as they are stored. */
  asStored?: object;
  /** From If-Match; `null` when the caller does not care. */
  expectedVersions: readonly number[] | null;
}

/** Changes the named fields; `publishedAt` is set the first time a page becomes published, unless it is told. */
export async function updatePage({ ctx, input }: { ctx: Ctx; input: UpdatePageInput }): Promise<Page> {
  const { siteId, pageId, changes, expectedVersions } = input;
  const before = await findPage(ctx, siteId, pageId);
  requireAsStored(toPage(before), input.asStored ?? {});
  return changePage(ctx, before, columnsOf(before, changes), { expectedVersions });
}

/** What becomes of a page's columns by the named fields. */
export function columnsOf(before: PageRow, { seo, navigation, ...plain }: UpdatePage): Partial<PageRow> {
  return {
    ...plain,
    ...(seo && { seo: { ...before.seo, ...seo } }),
    ...(navigation && { navigation: { ...before.navigation, ...navigation } }),
  };
}

/** Stages a page's changed columns with its event; `restored` is the version they are of. */
export async function changePage(
  ctx: Ctx,
  before: PageRow,
  told: Partial<PageRow>,
  { expectedVersions, restored }: { expectedVersions: ExpectedVersions; restored?: number },
): Promise<Page> {
  const columns = { ...told };
  const status = told.status ?? before.status;
  const publication = { status, publishedAt: before.publishedAt };
  columns.publishedAt = publicationTime(publication, told.publishedAt, { now: ctx.now, field: "publishedAt" });
  // Whoever publishes or archives a page settles what was planned for it.
  if (status !== "draft" && !told.publishAt) columns.publishAt = null;
  const row = stageChange(ctx, pages, before, columns, expectedVersions, restored);
  if (row.publishAt !== before.publishAt || row.status !== before.status) checkSchedule(ctx, row);
  if (movesPage(before, row)) await checkPlace(ctx, row, (await findSite(ctx, row.siteId)).locales);
  if (before.slug !== row.slug || before.locale !== row.locale) requireReachable(ctx, row);
  expectUnique(ctx, row, true);
  const after = toPage(row);
  stageUses(ctx, { type: "page", id: row.id, siteId: row.siteId }, toPage(before), after);
  ctx.unit.emit(PAGE_EVENTS.updated, after, row.siteId);
  const deed = restored === undefined ? "page.updated" : "page.restored";
  ctx.unit.audit(deed, { type: "page", id: row.id, before: toPage(before), after });
  return after;
}

const movesPage = (before: PageRow, after: PageRow): boolean =>
  before.locale !== after.locale || before.parentId !== after.parentId || before.translationOf !== after.translationOf;

/** What PUT means: fields left out get their defaults. Slug and locale stay when left out, being the page's address. */
export const replacePage = (at: {
  ctx: Ctx;
  input: Omit<UpdatePageInput, "changes" | "asStored"> & { page: CreatePage };
}) => {
  const { page, ...rest } = at.input;
  const asStored = PageBodies.readOnly(page);
  return updatePage({ ctx: at.ctx, input: { ...rest, changes: PageBodies.fill(page), asStored } });
};

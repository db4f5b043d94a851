import { eq, isNull, type SQL, sql } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageReturn } from "../../../core/work/versioned.ts";
import { publicationTime } from "../../../core/publication.ts";
import { stageUses } from "../../media/places.ts";
import { findSite } from "../../sites/service.ts";
import type { Trashed } from "../../trash/find.ts";
import { findKept } from "../../versions/find.ts";
import { type Page, toPage, type UpdatePage } from "../contract.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import type { PageRow } from "./find.ts";
import { checkPlace, expectUnique, requireReachable } from "./place.ts";
import { checkSchedule } from "./publish-at.ts";
import { ancestorsOf, stageMoved } from "./relatives.ts";
import { standingGroup, standingOriginal, standingParent } from "./standing.ts";
import { columnsOf } from "./update.ts";

/** The page as it comes back: where its parent and its original can still be had, and as the caller wants it. */
async function returning(ctx: Ctx, was: PageRow, changes: UpdatePage): Promise<PageRow> {
  const told = { ...was, ...columnsOf(was, changes) };
  if (changes.parentId === undefined) told.parentId = await standingParent(ctx, told);
  if (changes.translationOf === undefined) told.translationOf = await standingOriginal(ctx, told);
  if (told.publishAt !== null && changes.publishAt === undefined && told.publishAt <= ctx.now) told.publishAt = null;
  const { status, publishedAt } = told;
  const moment = { now: ctx.now, field: "publishedAt" };
  return { ...told, publishedAt: publicationTime({ status, publishedAt }, changes.publishedAt, moment) };
}

/** Pages of these that deleting their parent has left where it was, and that are not above the page now. */
const areChildren = (ctx: Ctx, { siteId, parentId }: PageRow, ids: readonly string[], was: string | null): SQL =>
  scoped(
    ctx,
    pages,
    eq(pages.siteId, siteId),
    isListed(pages.id, ids),
    was === null ? isNull(pages.parentId) : eq(pages.parentId, was),
    parentId === null ? undefined : sql`${pages.id} NOT IN (${ancestorsOf(parentId)})`,
  );

/** Ties to the page again what was tied to it, each page with its event. */
async function stageTied(ctx: Ctx, row: PageRow, was: PageRow, links: NonNullable<Trashed["links"]>): Promise<void> {
  const { id, siteId } = row;
  const { children = [], translations = [] } = links;
  if (children.length > 0) {
    const areThese = areChildren(ctx, row, children, was.parentId);
    stageMoved(ctx, siteId, { areThese, moves: { parentId: sql`${id}` }, atMost: children.length });
  }
  const original = row.translationOf === null ? await standingGroup(ctx, row, translations) : null;
  if (original === null) return;
  const isOfGroup = sql`(${pages.id} = ${original} OR ${pages.translationOf} = ${original})`;
  const areThese = scoped(ctx, pages, eq(pages.siteId, siteId), isOfGroup);
  const atMost = await ctx.db.$count(pages, areThese);
  stageMoved(ctx, siteId, { areThese, moves: { translationOf: sql`${id}` }, atMost });
}

/**
 * Stages the return of a page from the trash, at its next version: who listens hears of a new one. Pages that were below it
 * and have stayed where its deletion left them, and its translations, are tied to it again.
 */
export async function recoverPage({
  ctx,
  input: { trashed, changes },
}: {
  ctx: Ctx;
  input: { trashed: Trashed; changes: UpdatePage };
}): Promise<Page> {
  const kept = await findKept<PageRow>(ctx, pages, trashed, trashed.version);
  if (!kept) throw notFound("Trashed item");
  const site = await findSite(ctx, kept.row.siteId);
  const back = await returning(ctx, kept.row, changes);
  requireRoom(ctx, "pages");
  const row = stageReturn(ctx, pages, back, trashed.version);
  checkSchedule(ctx, row);
  await checkPlace(ctx, row, site.locales);
  requireReachable(ctx, row);
  expectUnique(ctx, row, true);
  await stageTied(ctx, row, kept.row, trashed.links ?? {});
  const page = toPage(row);
  stageUses(ctx, { type: "page", id: row.id, siteId: row.siteId }, null, page);
  ctx.unit.emit(PAGE_EVENTS.created, page, row.siteId);
  ctx.unit.audit("page.recovered", { type: "page", id: row.id, after: page });
  return page;
}

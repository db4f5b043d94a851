import { eq, or, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { randomIdOf } from "../../../core/ids.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { stageUses } from "../../media/places.ts";
import { toPage } from "../contract.ts";
import { isoTime, PAGE_JSON } from "../page-json.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import { findPage, type PageRow } from "./find.ts";
import { laterThan, stageRemoval } from "../../../core/work/versioned.ts";

export interface DeletePageInput {
  siteId: string;
  pageId: string;
  expectedVersions: readonly number[] | null;
}

/**
 * Deletes a page. Pages below it move up to its parent. Of its translations the oldest takes its place as the original of
 * the others.
 */
export async function deletePage({ ctx, input }: { ctx: Ctx; input: DeletePageInput }): Promise<void> {
  const { siteId, pageId } = input;
  const row = await findPage(ctx, siteId, pageId);
  const [successor, relatives] = await Promise.all([
    findSuccessor(ctx, row),
    ctx.db.$count(pages, isRelative(ctx, row)),
  ]);
  stageRelatives(ctx, row, successor, relatives);
  stageRemoval(ctx, pages, row, input.expectedVersions);
  const deleted = toPage(row);
  stageUses(ctx, { type: "page", id: pageId, siteId }, deleted, null);
  ctx.unit.emit(PAGE_EVENTS.deleted, deleted, siteId);
  ctx.unit.audit("page.deleted", { type: "page", id: pageId, before: deleted });
}

const oldestTranslation = (ctx: Ctx, { id }: PageRow) =>
  ctx.db
    .select({ id: pages.id })
    .from(pages)
    .where(scoped(ctx, pages, eq(pages.translationOf, id)))
    .orderBy(pages.seq)
    .limit(1);

/** The page that becomes the original, still the one when the commit runs; `null` when nothing translates the page. */
async function findSuccessor(ctx: Ctx, row: PageRow): Promise<string | null> {
  const [oldest] = await oldestTranslation(ctx, row);
  const successor = oldest?.id ?? null;
  ctx.unit.require(sql`(${oldestTranslation(ctx, row)}) IS ${successor}`);
  return successor;
}

/** The pages below a page, and its translations. */
const isRelative = (ctx: Ctx, { id }: PageRow) =>
  scoped(ctx, pages, or(eq(pages.parentId, id), eq(pages.translationOf, id)));

/** Moves the pages below up and keeps the translations together, each with its event: what their GET shows has changed. */
function stageRelatives(ctx: Ctx, row: PageRow, successor: string | null, atMost: number): void {
  const { id, siteId, parentId } = row;
  const isOfThese = isRelative(ctx, row);
  const moved = {
    parentId: sql`CASE WHEN ${pages.parentId} = ${id} THEN ${parentId} ELSE ${pages.parentId} END`,
    translationOf: sql`CASE WHEN ${pages.translationOf} = ${id} THEN nullif(${successor}, ${pages.id})
      ELSE ${pages.translationOf} END`,
    version: sql`${pages.version} + 1`,
    updatedAt: laterThan(pages.updatedAt, ctx.now),
  };
  const data = sql`json_set(${PAGE_JSON}, '$.parentId', ${moved.parentId}, '$.translationOf', ${moved.translationOf},
    '$.version', ${moved.version}, '$.updatedAt', ${isoTime(moved.updatedAt)})`;
  ctx.unit.emitEach(PAGE_EVENTS.updated, siteId, {
    id: randomIdOf,
    data,
    from: sql`FROM ${pages} WHERE ${isOfThese}`,
    atMost,
  });
  ctx.unit.stage(ctx.db.update(pages).set(moved).where(isOfThese));
}

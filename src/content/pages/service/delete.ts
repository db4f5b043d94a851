import { eq, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { stageUses } from "../../media/places.ts";
import { toPage } from "../contract.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import { findPage, type PageRow } from "./find.ts";
import { stageRemoval } from "../../../core/work/versioned.ts";
import { stageMoved } from "./relatives.ts";

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
  // The trash remembers what was tied to the page, so that goes first.
  stageRemoval(ctx, pages, row, input.expectedVersions, linksOf(ctx, row));
  stageRelatives(ctx, row, successor, relatives);
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

/** As many of a page's relatives are remembered. */
const MAX_LINKS = 10_000;

/** The ids of the pages below a page and of its translations, as JSON that is made in the commit. */
function linksOf(ctx: Ctx, { id }: PageRow): SQL {
  const idsBy = (column: SQLiteColumn) => {
    const some = sql`SELECT ${pages.id} AS linked FROM ${pages} WHERE ${scoped(ctx, pages, eq(column, id))} LIMIT ${MAX_LINKS}`;
    return sql`(SELECT json_group_array(linked) FROM (${some}))`;
  };
  return sql`json_object('children', ${idsBy(pages.parentId)}, 'translations', ${idsBy(pages.translationOf)})`;
}

/** Moves the pages below up and keeps the translations together. */
function stageRelatives(ctx: Ctx, row: PageRow, successor: string | null, atMost: number): void {
  const { id, siteId, parentId } = row;
  const moves = {
    parentId: sql`CASE WHEN ${pages.parentId} = ${id} THEN ${parentId} ELSE ${pages.parentId} END`,
    translationOf: sql`CASE WHEN ${pages.translationOf} = ${id} THEN nullif(${successor}, ${pages.id})
      ELSE ${pages.translationOf} END`,
  };
  stageMoved(ctx, siteId, { areThese: isRelative(ctx, row), moves, atMost });
}

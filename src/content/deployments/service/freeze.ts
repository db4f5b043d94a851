import { and, eq, getTableColumns, gt, isNull, lt, not, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { sameRandomIdOf } from "../../../core/ids.ts";
import { insertSelect } from "../../../core/storage/names.ts";
import { RENDERING } from "../../../rendering/document.ts";
import { PAGE_EVENTS } from "../../pages/events.ts";
import { DOCUMENT_JSON, doc, fromDocuments, isOfOne, isOneOf, isSame, type Selection } from "../documents.ts";
import { ofDeployment } from "../frozen.ts";
import { frozenPages, renders } from "../table.ts";
import { isRenderOf } from "./render.ts";
import { notesOf } from "./warnings.ts";

/**
 * Stages deployment `number`: the selected documents as they are now and, of what is not selected, what `live` shows.
 * `changed` is how many pages that shows anew. Only what changed is written. Every document has been rendered before
 * (`renderPending`).
 */
export function stageFreeze(
  ctx: Ctx,
  selection: Selection,
  { id, number, live, changed }: { id: string; number: number; live: number; changed: number },
): void {
  const { siteId, only } = selection;
  if (only !== null) stageReturn(ctx, selection, number, live);
  const isCurrent = and(eq(frozenPages.siteId, siteId), isNull(frozenPages.endNumber));
  const isConcerned = only === null ? undefined : isOfOne(selection);
  const { kind, id: pageId, version: pageVersion, locale, slug, title } = doc;
  const rendered = sql`coalesce((SELECT ${renders.key} FROM ${renders} WHERE ${isRenderOf(id, siteId)}),
    (SELECT ${frozenPages.rendered} FROM ${frozenPages} WHERE ${frozenPages.siteId} = ${siteId} AND ${isSame}
      AND ${frozenPages.rendered} IS NOT NULL LIMIT 1))`;
  const frozen = {
    siteId,
    firstNumber: number,
    page: DOCUMENT_JSON,
    rendered,
    rendering: RENDERING,
    notes: notesOf(siteId, id),
  };
  ctx.unit.stage(
    ctx.db
      .update(frozenPages)
      .set({ endNumber: number })
      .where(and(isCurrent, isConcerned, not(isOneOf(selection)))),
    insertSelect(
      frozenPages,
      { ...frozen, kind, pageId, pageVersion, locale, slug, title },
      sql`${fromDocuments(selection)} WHERE ${doc.id} NOT IN
        (SELECT ${frozenPages.pageId} FROM ${frozenPages} WHERE ${isCurrent}) ORDER BY ${doc.place}`,
    ),
  );
  stageEvents(ctx, siteId, number, changed);
}

/** After a rollback, what is live and what was frozen last differ: makes the former what is current. */
function stageReturn(ctx: Ctx, selection: Selection, number: number, live: number): void {
  const { siteId } = selection;
  const isLater = and(eq(frozenPages.siteId, siteId), isNull(frozenPages.endNumber), gt(frozenPages.firstNumber, live));
  const { endNumber, ...columns } = getTableColumns(frozenPages);
  ctx.unit.stage(
    ctx.db.update(frozenPages).set({ endNumber: number }).where(isLater),
    insertSelect(
      frozenPages,
      { ...columns, firstNumber: number },
      sql`FROM ${frozenPages} WHERE ${ofDeployment({ siteId, number: live })} AND ${endNumber} IS NOT NULL
        AND NOT ${isOfOne(selection)}`,
    ),
  );
}

/** An earlier state of a page. */
const older = alias(frozenPages, "older");

/** `page.published` of every page this deployment shows anew; what only returns after a rollback was announced before. */
function stageEvents(ctx: Ctx, siteId: string, number: number, atMost: number): void {
  const { pageId, pageVersion, firstNumber, kind, page } = frozenPages;
  const isNew = and(eq(frozenPages.siteId, siteId), eq(firstNumber, number), eq(kind, "page"));
  const isOlder = and(
    eq(older.siteId, frozenPages.siteId),
    eq(older.pageId, pageId),
    eq(older.pageVersion, pageVersion),
    sql`${older.notes} -> '$.blocks' IS ${frozenPages.notes} -> '$.blocks'`,
    lt(older.firstNumber, firstNumber),
  );
  ctx.unit.emitEach(PAGE_EVENTS.published, siteId, {
    id: (moment) => sameRandomIdOf(moment, pageId, "page"),
    data: page,
    atMost,
    from: sql`FROM ${frozenPages} WHERE ${isNew} AND NOT EXISTS (SELECT 1 FROM ${frozenPages} AS ${older} WHERE ${isOlder})`,
  });
}

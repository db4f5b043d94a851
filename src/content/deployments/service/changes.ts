import { and, count, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { BLOCK_TYPES } from "../../../rendering/blocks/index.ts";
import { pages } from "../../pages/table.ts";
import { doc, fromDocuments, isOfOne, type Selection } from "../documents.ts";
import { ofDeployment } from "../frozen.ts";
import { type ChangedPage, type Changes, type DocumentKind, frozenPages, type Warning } from "../table.ts";

/** Entries of a list of changes; a row of the database has 2 MB for all of them. */
const MAX_LISTED = 500;

interface Row extends ChangedPage {
  frozenVersion: number | null;
  version: number;
}

const { kind, pageId: id, title, slug, locale } = frozenPages;
const entryOfFrozen = { kind, id, title, slug, locale };

const entry = ({ kind, id, title, slug, locale }: ChangedPage): ChangedPage => ({ kind, id, title, slug, locale });

/** What publishing now would change against what visitors see: deployment `live`, or nothing yet. */
export async function changesSince(
  ctx: Ctx,
  selection: Selection,
  live: number,
): Promise<{ pageCount: number; changes: Changes }> {
  const { siteId, only } = selection;
  const shown = ofDeployment({ siteId, number: live });
  const isGone = sql`${shown} AND NOT ${isOfOne(selection)}`;
  const [rows, gone, [kept]] = await Promise.all([
    ctx.db.all<Row>(sql`SELECT ${doc.kind}, ${doc.id}, ${doc.title}, ${doc.slug}, ${doc.locale}, ${doc.version},
        ${frozenPages.pageVersion} AS frozenVersion ${fromDocuments(selection)}
      LEFT JOIN ${frozenPages} ON ${frozenPages.pageId} = ${doc.id} AND ${shown} ORDER BY ${doc.place}`),
    only !== null ? [] : ctx.db.select(entryOfFrozen).from(frozenPages).where(isGone),
    only === null
      ? []
      : ctx.db
          .select({ n: count() })
          .from(frozenPages)
          .where(and(isGone, eq(frozenPages.kind, "page"))),
  ]);
  const added = rows.filter(({ frozenVersion }) => frozenVersion === null);
  const changed = rows.filter((row) => row.frozenVersion !== null && row.frozenVersion !== row.version);
  const ofKind = (kind: DocumentKind) => rows.filter((row) => row.kind === kind).length;
  const listed = (list: ChangedPage[]) => list.slice(0, MAX_LISTED).map(entry);
  return {
    pageCount: ofKind("page") + (kept?.n ?? 0),
    changes: {
      added: listed(added),
      changed: listed(changed),
      removed: listed(gone),
      counts: { added: added.length, changed: changed.length, removed: gone.length },
    },
  };
}

/** Warnings a publish gives at most; whoever has more has one problem many times. */
const MAX_WARNINGS = 100;

/** The published pages' blocks of types that render nothing. */
export const unknownBlocks = (ctx: Ctx, siteId: string): Promise<Warning[]> =>
  ctx.db.all<Warning>(sql`SELECT ${pages.id} AS pageId, ${pages.slug}, ${pages.locale}, block.key AS block,
      block.value ->> 'type' AS type FROM ${pages}, json_each(${pages.blocks}) block
    WHERE ${pages.siteId} = ${siteId} AND ${pages.status} = 'published'
    AND block.value ->> 'type' NOT IN (SELECT value FROM json_each(${JSON.stringify(BLOCK_TYPES)}))
    ORDER BY ${pages.seq}, block.key LIMIT ${MAX_WARNINGS}`);

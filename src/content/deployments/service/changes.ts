import { and, count, eq, sql } from "drizzle-orm";
import type { Database } from "../../../core/storage/database.ts";
import { doc, fromDocuments, hasSameBlocks, isOfOne, type Selection } from "../documents.ts";
import { ofDeployment } from "../frozen.ts";
import { type ChangedPage, type Changes, type DocumentKind, frozenPages } from "../table.ts";

/** Entries of a list of changes; a row of the database has 2 MB for all of them. */
const MAX_LISTED = 500;

interface Row extends ChangedPage {
  frozenVersion: number | null;
  /** Whether the custom blocks it shows are as they were. */
  hasSameBlocks: number;
  version: number;
}

const { kind, pageId: id, title, slug, locale } = frozenPages;
const entryOfFrozen = { kind, id, title, slug, locale };

const entry = ({ kind, id, title, slug, locale }: ChangedPage): ChangedPage => ({ kind, id, title, slug, locale });

/** What publishing now would change against what visitors see: deployment `live`, or nothing yet. */
export async function changesSince(
  { db }: { db: Database },
  selection: Selection,
  live: number,
): Promise<{ pageCount: number; changes: Changes }> {
  const { siteId, only } = selection;
  const shown = ofDeployment({ siteId, number: live });
  const isGone = sql`${shown} AND NOT ${isOfOne(selection)}`;
  const [rows, gone, [kept]] = await Promise.all([
    db.all<Row>(sql`SELECT ${doc.kind}, ${doc.id}, ${doc.title}, ${doc.slug}, ${doc.locale}, ${doc.version},
        ${frozenPages.pageVersion} AS frozenVersion, ${hasSameBlocks(frozenPages.notes, sql`${siteId}`)} AS hasSameBlocks ${fromDocuments(selection)}
      LEFT JOIN ${frozenPages} ON ${frozenPages.pageId} = ${doc.id} AND ${shown} ORDER BY ${doc.place}`),
    only !== null ? [] : db.select(entryOfFrozen).from(frozenPages).where(isGone),
    only === null
      ? []
      : db
          .select({ n: count() })
          .from(frozenPages)
          .where(and(isGone, eq(frozenPages.kind, "page"))),
  ]);
  const added = rows.filter(({ frozenVersion }) => frozenVersion === null);
  const isChanged = (row: Row) => row.frozenVersion !== row.version || !row.hasSameBlocks;
  const changed = rows.filter((row) => row.frozenVersion !== null && isChanged(row));
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

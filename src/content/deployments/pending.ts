import { getTableColumns, getTableName, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Database, ReadDatabase } from "../../core/storage/database.ts";
import { name } from "../../core/storage/names.ts";
import { RENDERING } from "../../rendering/document.ts";
import { DOCUMENT_JSON, doc, fromDocuments, isSame } from "./documents.ts";
import { ALL_FROZEN } from "./frozen.ts";
import { frozenPages } from "./table.ts";

/** What the next publish of a site would be. */
export interface Pending {
  siteId: string;
  /** The number it would have. */
  number: number;
  /** A page that is shown as if it were published, whatever its status. */
  also: string | null;
}

/** The rows of `frozen_pages` that the publish would leave as its own: those that stay, and those it would write. */
function rowsOf({ siteId, number, also }: Pending): SQL {
  const { kind, id: pageId, version: pageVersion, locale, slug, title } = doc;
  const frozen: Record<keyof typeof frozenPages.$inferSelect, SQLWrapper> = {
    siteId: sql`${siteId}`,
    pageId,
    firstNumber: sql`coalesce(${frozenPages.firstNumber}, ${number})`,
    endNumber: sql`NULL`,
    pageVersion,
    locale,
    slug,
    title,
    page: sql`coalesce(${frozenPages.page}, ${DOCUMENT_JSON})`,
    kind,
    rendered: frozenPages.rendered,
    rendering: sql`${RENDERING}`,
    notes: frozenPages.notes,
  };
  const columns: Record<string, SQLiteColumn> = getTableColumns(frozenPages);
  const selected = Object.entries(frozen).map(
    ([field, value]) => sql`${value} AS ${name(columns[field] as SQLiteColumn)}`,
  );
  return sql`SELECT ${sql.join(selected, sql`, `)} ${fromDocuments({ siteId, only: null, also })}
    LEFT JOIN ${ALL_FROZEN} ON ${frozenPages.siteId} = ${siteId} AND ${frozenPages.endNumber} IS NULL AND ${isSame}`;
}

/**
 * The database as the next publish would leave it, for reading: whoever asks it for `frozen_pages` is answered with the
 * documents as they are now. So a draft is shown by the very queries that show what is published. In SQLite the name of
 * a common table expression goes before that of a table.
 */
export function pendingPages(db: Database, pending: Pending): ReadDatabase {
  const rows = rowsOf(pending);
  const shadow = db.$with(getTableName(frozenPages), getTableColumns(frozenPages)).as(rows);
  const { select, selectDistinct } = db.with(shadow) as unknown as ReadDatabase;
  const all = ((query: SQL) => db.all(sql`WITH ${frozenPages} AS (${rows}) ${query}`)) as ReadDatabase["all"];
  return { select, selectDistinct, all };
}

import { and, getTableColumns, is, type SQL, sql } from "drizzle-orm";
import { type SQLiteColumn, type SQLiteTable, SQLiteTextJson } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";
import { isListed } from "./scoped.ts";

/**
 * Bytes that the rows of one answer may take: with the names of their fields and what stands around them an answer has
 * 5 MB at most (docs/contract.md §3). The largest row alone is less.
 */
export const MAX_ROW_BYTES = 4_000_000;
/** What every row takes besides its texts: names of fields, numbers, punctuation. */
const BYTES_BESIDES = 500;
/** Bytes from which on a text of a large row is left where it is; no id has as many. */
const LONG_TEXT = 1_000;

const isText = (column: SQLiteColumn): boolean => column.getSQLType() === "text";

/** The bytes of a row as JSON. Text takes more than it has where something in it is escaped; JSON is stored as it is sent. */
function sizeOf(table: SQLiteTable): SQL {
  const sizes = Object.values(getTableColumns(table)).filter(isText);
  const bytes = sizes.map((column) =>
    is(column, SQLiteTextJson)
      ? sql`coalesce(octet_length(${column}), 0)`
      : sql`coalesce(octet_length(json_quote(${column})), 0)`,
  );
  return sql.join([...bytes, sql.raw(String(BYTES_BESIDES))], sql` + `);
}

/** Which rows, in which order, and how many at most. */
interface Wanted {
  where: SQL | undefined;
  order: SQL[];
  limit: number;
  offset?: number;
}

/** A row with its size, and what else was asked of it. Of a large one the long texts are not there yet. */
export type Sized<Row, More = unknown> = { row: Row; size: number; isLarge: number } & More;

/**
 * Reads rows for one answer and measures them. The long texts of those that take more than their share of it stay where they
 * are until it is known which of the rows the answer has: `wholeRows` reads them.
 */
export function sizedRows(
  db: Database,
  table: SQLiteTable,
  { where, order, limit, offset = 0 }: Wanted,
  more: Record<string, SQL> = {},
) {
  const columns = getTableColumns(table);
  const named = (name: string) => sql.identifier(name);
  const beside = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value.as(`row_${name}`)]));
  const found = db
    // Its field has a name that no column has: a table may have a size of its own.
    .select({ ...columns, ...beside, row_size: sizeOf(table).as("row_size") })
    .from(table)
    .where(where)
    .orderBy(...order)
    .limit(limit)
    .offset(offset)
    .as("found");
  const isLarge = sql`row_size > ${Math.floor(MAX_ROW_BYTES / limit)}`;
  const shown = Object.entries(columns).map(([name, column]) => {
    const stored = named(column.name);
    const isKept = sql`${isLarge} AND octet_length(${stored}) > ${LONG_TEXT}`;
    const value = isText(column) ? sql`iif(${isKept}, NULL, ${stored})` : sql`${stored}`;
    // A batch answers rows as objects: each column needs a name of its own.
    return [name, value.mapWith(column).as(column.name)];
  });
  return (
    db
      .select({
        row: Object.fromEntries(shown) as never,
        ...Object.fromEntries(Object.keys(more).map((name) => [name, sql`${named(`row_${name}`)}`.as(`row_${name}`)])),
        size: sql<number>`row_size`.as("row_size"),
        isLarge: sql<number>`${isLarge}`.as("is_large"),
      })
      .from(found)
      // A condition of its own keeps SQLite from measuring a row once for each of its columns.
      .where(sql`row_size > 0`)
  );
}

/** Of rows that were read for an answer those that fit into it, and at least one. */
export function fitting<Row extends { size: number }>(rows: Row[]): Row[] {
  let sum = 0;
  const cut = rows.findIndex(({ size }, n) => {
    sum += size;
    return sum > MAX_ROW_BYTES && n > 0;
  });
  return cut < 0 ? rows : rows.slice(0, cut);
}

/** The rows with all their texts. One that went away meanwhile is left out. */
export async function wholeRows<Row>(
  db: Database,
  { table, id, where }: { table: SQLiteTable; id: SQLiteColumn; where: SQL | undefined },
  rows: Sized<Row>[],
): Promise<Row[]> {
  if (rows.every(({ isLarge }) => !isLarge)) return rows.map(({ row }) => row);
  const name = Object.entries(getTableColumns(table)).find(([, column]) => column.name === id.name)?.[0] as keyof Row;
  const large = rows.filter(({ isLarge }) => isLarge).map(({ row }) => row[name]);
  const read = await db
    .select()
    .from(table)
    .where(and(where, isListed(id, large)));
  const byId = new Map((read as Row[]).map((row) => [row[name], row]));
  return rows.flatMap(({ row, isLarge }) => (isLarge ? (byId.get(row[name]) ?? []) : row));
}

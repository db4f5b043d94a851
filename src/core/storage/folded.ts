import { Column, getTableColumns, getTableName, is, type SQL, sql } from "drizzle-orm";
import { type SQLiteColumn, type SQLiteTable, text } from "drizzle-orm/sqlite-core";
import { fold } from "../fold.ts";

/**
 * What a table that is searched or sorted by texts keeps beside them: each as it is compared (`fold`), by the name of its
 * column. SQLite itself folds ASCII only.
 */
export const foldedColumn = { folded: text("folded", { mode: "json" }).$type<Record<string, string>>() };

export type FoldedTable = SQLiteTable & { folded: SQLiteColumn };

/** A column as it is searched: its text, or what `read` makes of what is stored, which may be JSON. */
export type SearchedColumn = SQLiteColumn | { column: SQLiteColumn; read: (stored: never) => string };

export const columnOf = (searched: SearchedColumn): SQLiteColumn =>
  is(searched, Column) ? searched : (searched as { column: SQLiteColumn }).column;

const asItIs = (text: string): string => text;
const isRead = (searched: SearchedColumn): searched is Exclude<SearchedColumn, SQLiteColumn> => "read" in searched;
const readerOf = (searched: SearchedColumn) =>
  (isRead(searched) ? searched.read : asItIs) as (stored: unknown) => string;

type Row = Record<string, unknown>;

/** Columns that are made of others: of which, and how. */
interface Making {
  of: readonly string[];
  make: (row: never) => Row;
}

const MAKINGS = new Map<SQLiteTable, Making[]>();

/** How much of a text is compared, in characters: row, text and index have to fit into D1's 2 MB. */
export const MAX_SEARCHED = 200_000;

export const searchedPart = (text: string): string => text.slice(0, MAX_SEARCHED).toWellFormed();

const fieldOf = (table: SQLiteTable, column: SQLiteColumn): string =>
  Object.entries(getTableColumns(table)).find(([, it]) => it === column)?.[0] as string;

const isText = (searched: SearchedColumn): boolean => isRead(searched) || columnOf(searched).dataType === "string";

/**
 * Says which texts of a table are searched, or sorted by. Every row that is written through `withMade` and `stageChange`
 * has them folded from then on; `contains` and `sortKey` compare them so. `also` makes further columns of the row.
 */
export function searched<Table extends FoldedTable>(
  table: Table,
  columns: readonly SearchedColumn[],
  also: { of: (keyof Table["$inferSelect"])[]; make: (row: Table["$inferSelect"]) => Row } | null = null,
): void {
  const texts = columns
    .filter(isText)
    .map((it) => ({ field: fieldOf(table, columnOf(it)), name: columnOf(it).name, read: readerOf(it) }));
  const make = (row: Row): Row => {
    const folded = texts.flatMap(({ field, name, read }) => {
      const value = row[field];
      return value === null || value === undefined ? [] : [[name, fold(searchedPart(read(value)))]];
    });
    return { folded: Object.fromEntries(folded) };
  };
  const makings: Making[] = [{ of: texts.map(({ field }) => field), make }];
  if (also) makings.push({ of: also.of as string[], make: also.make });
  MAKINGS.set(table, makings);
}

/** Every table that is searched, by its name. */
export const searchedTables = (): ReadonlyMap<string, SQLiteTable> =>
  new Map([...MAKINGS.keys()].map((table) => [getTableName(table), table]));

/** What is made of a row; after a change of some fields only what is made of those. */
export function madeOf<Of extends object>(table: SQLiteTable, row: Of, changed?: readonly string[]): Partial<Of> {
  const isMade = ({ of }: Making) => changed === undefined || of.some((field) => changed.includes(field));
  const made = (MAKINGS.get(table) ?? []).filter(isMade).map(({ make }) => make(row as never));
  return Object.assign({}, ...made) as Partial<Of>;
}

/** A new row with what is made of it. */
export const withMade = <Table extends FoldedTable>(
  table: Table,
  row: Omit<Table["$inferSelect"], "folded" | "searchText">,
): Table["$inferSelect"] => ({ folded: null, ...row, ...madeOf(table, row) }) as Table["$inferSelect"];

/**
 * A column's text as it is compared; an index on it has to be written the same. A row from before there was `folded` is
 * compared as SQLite folds it until it has been read again (`foldRows`).
 */
export const foldedText = (folded: Column, column: Column): SQL => {
  const kept = sql`${folded} ->> ${sql.raw(`'${column.name}'`)}`;
  // Not `coalesce`: drizzle-kit takes the comma for the end of the expression.
  return sql`CASE WHEN ${kept} IS NULL THEN lower(${column}) ELSE ${kept} END`;
};

const isSearched = ({ table, name }: SQLiteColumn): boolean =>
  (MAKINGS.get(table)?.[0]?.of ?? []).some((field) => getTableColumns(table)[field]?.name === name);

const comparedText = (column: SQLiteColumn): SQL =>
  isSearched(column) ? foldedText((column.table as FoldedTable).folded, column) : sql`lower(${column})`;

/** What a list is sorted by: texts that are searched as they are compared, everything else as it is. */
export const sortKey = (by: SQLiteColumn | SQL): SQLiteColumn | SQL =>
  is(by, Column) && isSearched(by) ? comparedText(by) : by;

/**
 * Whether a column contains the text, whatever its case and accents. Not LIKE: D1 refuses patterns longer than 50 bytes,
 * and there is nothing in the text to escape.
 */
export function contains(column: SQLiteColumn, text: string): SQL {
  const wanted = fold(text);
  return wanted === "" ? sql`0` : sql`instr(${comparedText(column)}, ${wanted}) > 0`;
}

/** Whether a column is the text, compared like that where its texts are searched. */
export const isSame = (column: SQLiteColumn, value: unknown): SQL =>
  isSearched(column) && typeof value === "string"
    ? sql`${comparedText(column)} = ${fold(value)}`
    : sql`${column} = ${sql.param(value, column)}`;

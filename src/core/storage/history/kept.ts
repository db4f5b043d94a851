import { getTableColumns, is, type SQL, sql } from "drizzle-orm";
import { type SQLiteColumn, type SQLiteTable, SQLiteTextJson } from "drizzle-orm/sqlite-core";

/** A table whose versions can be kept. */
export type KeptTable = SQLiteTable &
  Record<"id" | "workspaceId" | "environment" | "version" | "updatedAt" | "change", SQLiteColumn>;

/** What is kept of a table's rows. */
export interface Kept {
  /** As events and the audit log name it: `page`. */
  kind: string;
  /** The field that tells people which one it is. */
  title: string;
  /** Fields that are made of others, and made again of a version that is restored. */
  made: readonly string[];
}

const KEPT = new Map<SQLiteTable, Kept>();

/** Fields that say what a row is of, or how it came about, rather than what it is. */
const BESIDE: readonly string[] = ["folded", "change"];

/**
 * Says that every change of a table's rows, and their end, keeps the state before it: `stageChange` and `stageRemoval` see
 * to that from then on.
 */
export function keepVersions(table: KeptTable, { made = [], ...kept }: Omit<Kept, "made"> & Partial<Kept>): void {
  KEPT.set(table, { ...kept, made: [...BESIDE, ...made] });
}

/** What is kept of a table's rows; `undefined` for nothing. */
export const keptOf = (table: SQLiteTable): Kept | undefined => KEPT.get(table);

function keptColumns(table: SQLiteTable): [string, SQLiteColumn][] {
  const { made = [] } = KEPT.get(table) ?? {};
  return Object.entries(getTableColumns(table)).filter(([field]) => !made.includes(field));
}

/** Texts one after the other, as a tree: D1 takes expressions that are 100 deep, and 32 arguments for a function. */
function joinedText(texts: SQL[]): SQL {
  if (texts.length === 1) return texts[0] as SQL;
  const half = Math.ceil(texts.length / 2);
  return sql`(${joinedText(texts.slice(0, half))} || ${joinedText(texts.slice(half))})`;
}

/** A row as JSON, made where it is: no content passes through the Worker. JSON is stored as it is. */
export function contentOf(table: SQLiteTable): SQL {
  const entries = keptColumns(table).map(([, column], index) => {
    const value = is(column, SQLiteTextJson) ? sql`coalesce(${column}, 'null')` : sql`json_quote(${column})`;
    return sql`${sql.raw(`'${index === 0 ? "{" : ","}"${column.name}":'`)} || ${value}`;
  });
  return sql`${joinedText(entries)} || '}'`;
}

/** A stored value as drizzle reads it. */
function readValue(column: SQLiteColumn, value: unknown): unknown {
  return value === null || is(column, SQLiteTextJson) ? value : column.mapFromDriverValue(value);
}

/** The row that `contentOf` has made JSON of, without what is made of it, and without columns that came later. */
export function rowOf<Row>(table: SQLiteTable, content: string): Row {
  const stored = JSON.parse(content) as Record<string, unknown>;
  const there = keptColumns(table).filter(([, { name }]) => name in stored);
  return Object.fromEntries(there.map(([field, column]) => [field, readValue(column, stored[column.name])])) as Row;
}

import { type Column, getTableColumns, isSQLWrapper, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * Names for SQL that is written out: every table and column comes from its drizzle table, so that a renamed one does not
 * compile. With `const p = alias(pages, "p")`, `FROM ${pages} AS ${p} WHERE ${p.slug} = …` writes `"p"."slug"`; this file
 * has what SQLite wants written otherwise.
 */

/** A column without its table: in the column list of INSERT, left of SET, in ON CONFLICT. */
export const name = (column: Column): SQL => sql`${sql.identifier(column.name)}`;

/** Several of them, with commas. */
export const names = (...columns: Column[]): SQL => sql.join(columns.map(name), sql`, `);

type Values<Of extends SQLiteTable> = {
  [Field in keyof Of["$inferInsert"]]: Of["$inferInsert"][Field] | SQLWrapper;
};

/**
 * `INSERT INTO table (…) SELECT …` with every value beside the column it is for; a missing column that has no default
 * does not compile. `rest` is what follows the values: FROM, WHERE, ON CONFLICT.
 */
export function insertSelect<Of extends SQLiteTable>(
  table: Of,
  values: Values<Of>,
  rest: SQL,
  { onConflict }: { onConflict?: "ignore" | "replace" } = {},
): SQL {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>;
  const fields = Object.keys(values).map((field) => columns[field] as SQLiteColumn);
  const selected = Object.entries(values).map(([field, value]) =>
    isSQLWrapper(value) ? sql`${value}` : sql`${sql.param(value, columns[field] as SQLiteColumn)}`,
  );
  const verb = { ignore: sql`INSERT OR IGNORE`, replace: sql`INSERT OR REPLACE`, abort: sql`INSERT` };
  return sql`${verb[onConflict ?? "abort"]} INTO ${table} (${names(...fields)}) SELECT ${sql.join(selected, sql`, `)} ${rest}`;
}

/** In ON CONFLICT DO UPDATE: what the row would have had. */
export const excluded = (column: Column): SQL => sql`excluded.${name(column)}`;

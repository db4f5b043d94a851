import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { names } from "./names.ts";

/** Bytes of the rows one statement may be handed: D1 takes 2 MB of a parameter, and its JSON is written with escapes. */
export const BULK_BYTES = 700_000;

/** Rows in parts that one statement each may be handed, as JSON. */
export function bulksOf<Row>(rows: readonly Row[]): Row[][] {
  const bulks: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = new TextEncoder().encode(JSON.stringify(row)).length + 1;
    const last = bulks.at(-1);
    const fits = last !== undefined && bytes + size <= BULK_BYTES;
    if (fits) last.push(row);
    else bulks.push([row]);
    bytes = fits ? bytes + size : size;
  }
  return bulks;
}

/** What one column is handed to the database as. */
const driverValue = (column: SQLiteColumn, value: unknown): unknown =>
  value === null || value === undefined ? null : column.mapToDriverValue(value);

/**
 * Inserts rows with one statement and one parameter, however many there are: D1 binds a hundred of them. All rows have
 * the fields of the first. `rest` is what follows, such as ON CONFLICT. Rows of more than `BULK_BYTES` together do not
 * belong into one statement.
 */
export function insertRows<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Partial<Table["$inferInsert"]>[],
  rest: SQL = sql``,
): SQL {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>;
  const fields = Object.keys(rows[0] ?? {}).filter((field) => columns[field]);
  const used = fields.map((field) => columns[field] as SQLiteColumn);
  const values = rows.map((row) =>
    fields.map((field) => driverValue(columns[field] as SQLiteColumn, (row as Record<string, unknown>)[field])),
  );
  const parts = used.map((_, index) => sql`value ->> ${sql.raw(String(index))}`);
  return sql`INSERT INTO ${table} (${names(...used)}) SELECT ${sql.join(parts, sql`, `)}
    FROM json_each(${JSON.stringify(values)}) WHERE true ${rest}`;
}

import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";
import { names } from "./names.ts";
import { runBatch } from "./statements.ts";

/** Rows one statement drops: few enough that whoever waits for the database meanwhile does not notice. */
export const ROWS_AT_ONCE = 2_000;
/** Statements of one run; what they leave is the next one's. */
const STEPS = 10;

/** Repeats a bounded statement that answers how many rows it dropped. `true` when a run was not enough to find none left. */
export async function inSteps(step: () => Promise<number>): Promise<boolean> {
  for (let done = 0; done < STEPS; done += 1) if ((await step()) === 0) return false;
  return true;
}

/** Drops some rows of a table, by its primary key, in one statement; answers how many. */
export async function dropSome(
  db: Database,
  { table, key, where }: { table: SQLiteTable; key: SQLiteColumn[]; where: SQL },
): Promise<number> {
  const some = sql`SELECT ${names(...key)} FROM ${table} WHERE ${where} LIMIT ${ROWS_AT_ONCE}`;
  const [dropped] = await runBatch(db, [sql`DELETE FROM ${table} WHERE (${names(...key)}) IN (${some}) RETURNING 1`]);
  return dropped?.results.length ?? 0;
}

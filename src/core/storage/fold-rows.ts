import { and, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Env } from "../../env.ts";
import { type Database, databaseOf } from "./database.ts";
import { madeOf, searchedTables } from "./folded.ts";
import { runBatch, type Statement } from "./statements.ts";
import { foldings } from "./tables.ts";

/** Rows read at a time: each may have 2 MB. */
const BATCH = 10;
/** Batches of one run, each a statement for every row of it: D1 takes 1,000 statements an invocation. */
const BATCHES = 40;

type Stored = Record<string, unknown>;

/**
 * Folds the texts of rows that were written before there was somewhere to keep them, table by table, a few hundred rows a
 * run. A migration that changes what is folded lists the tables in `foldings`; those that are done leave it.
 */
export async function foldRows(env: Env): Promise<void> {
  const db = databaseOf(env, 0);
  for (let done = 0; done < BATCHES; done += 1) {
    const [pending] = await db.select().from(foldings).orderBy(foldings.table).limit(1);
    if (!pending) return;
    await foldBatch(db, pending);
  }
}

async function foldBatch(db: Database, pending: typeof foldings.$inferSelect): Promise<void> {
  const isPending = eq(foldings.table, pending.table);
  const table = searchedTables().get(pending.table);
  const rows = table ? await rowsAfter(db, table, pending.afterRow) : [];
  const last = rows.at(-1);
  const progress = last
    ? db.update(foldings).set({ afterRow: last.number }).where(isPending)
    : db.delete(foldings).where(isPending);
  const writes = rows.map((it) => foldedAnew(db, table as SQLiteTable, it));
  await runBatch(db, [...writes, progress]);
}

interface Numbered {
  number: number;
  row: Stored;
}

async function rowsAfter(db: Database, table: SQLiteTable, after: number): Promise<Numbered[]> {
  const number = sql<number>`${table}.rowid`;
  const rows = await db
    .select({ number: number.as("row_number"), row: table as never })
    .from(table)
    .where(sql`${number} > ${after}`)
    .orderBy(number)
    .limit(BATCH);
  return rows as unknown as Numbered[];
}

/** A row that somebody has changed meanwhile was folded with that. */
function foldedAnew(db: Database, table: SQLiteTable, { number, row }: Numbered): Statement {
  const { updatedAt } = getTableColumns(table);
  const isUnchanged = updatedAt && eq(updatedAt, row.updatedAt);
  const isIt = and(sql`${table}.rowid = ${number}`, isUnchanged) as SQL;
  return db
    .update(table)
    .set(madeOf(table, row) as never)
    .where(isIt);
}

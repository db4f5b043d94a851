import { type Query, SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

/** A statement to run: one drizzle built, or written-out SQL. */
export type Statement = SQL | { toSQL(): Query };

const dialect = new SQLiteAsyncDialect();

function prepare(db: Database, statement: Statement): D1PreparedStatement {
  const query = statement instanceof SQL ? dialect.sqlToQuery(statement) : statement.toSQL();
  return db.$client.prepare(query.sql).bind(...query.params);
}

/** Runs statements in this order as one D1 batch, which is a transaction; `db.batch` takes no written-out SQL. */
export const runBatch = <Row = unknown>(db: Database, statements: readonly Statement[]): Promise<D1Result<Row>[]> =>
  db.$client.batch<Row>(statements.map((statement) => prepare(db, statement)));

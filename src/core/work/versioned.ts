import { eq, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { madeOf } from "../storage/folded.ts";
import { type ExpectedVersions, lockVersion } from "../storage/version.ts";
import type { Ctx } from "./context.ts";

type VersionedTable = SQLiteTable & Record<"id" | "version" | "updatedAt", SQLiteColumn>;

interface VersionedRow {
  id: string | number;
  version: number;
  updatedAt: number;
}

/** The moment of a change of rows that a statement has not read, as `nextVersion` has it. */
export const laterThan = (updatedAt: SQLiteColumn, now: number): SQL<number> =>
  sql<number>`max(${now}, ${updatedAt} + 1)`;

/**
 * What every change of a row changes besides: its version and its moment. Both only ever rise, whatever the clock says, so
 * that of two states of a resource the newer can be told.
 */
export const nextVersion = ({ version, updatedAt }: Omit<VersionedRow, "id">, now: number) => ({
  version: version + 1,
  updatedAt: Math.max(now, updatedAt + 1),
});

const isRow = (table: VersionedTable, { id }: VersionedRow): SQL => eq(table.id, id);

/**
 * Stages a change of a row that was read for this caller, under the optimistic lock: 412 unless its version is one that
 * If-Match allows, and the commit holds only while it still has it. Answers the row as it will be, at its next version.
 */
export function stageChange<Row extends VersionedRow>(
  ctx: Ctx,
  table: VersionedTable,
  before: Row,
  changes: Partial<Row>,
  expected: ExpectedVersions = null,
): Row {
  lockVersion(ctx.unit, table, before, expected);
  const made = madeOf(table, { ...before, ...changes }, Object.keys(changes));
  const columns = { ...changes, ...made, ...nextVersion(before, ctx.now) };
  ctx.unit.stage(
    ctx.db
      .update(table as SQLiteTable)
      .set(columns)
      .where(isRow(table, before)),
  );
  return { ...before, ...columns };
}

/** Stages the end of a row under the same lock. */
export function stageRemoval(ctx: Ctx, table: VersionedTable, before: VersionedRow, expected: ExpectedVersions): void {
  lockVersion(ctx.unit, table, before, expected);
  ctx.unit.stage(ctx.db.delete(table as SQLiteTable).where(isRow(table, before)));
}

import { eq, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { madeOf } from "../storage/folded.ts";
import { type KeptTable, keptOf } from "../storage/history/kept.ts";
import { type ExpectedVersions, lockVersion } from "../storage/version.ts";
import type { Ctx } from "./context.ts";
import { changeOf, type Removable, stageKept, stageRecovered, stageTrashed } from "./keeping.ts";

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
 * Where versions are kept (`keepVersions`) the state before is kept in the same commit; `restored` is the version this
 * change brings back.
 */
export function stageChange<Row extends VersionedRow>(
  ctx: Ctx,
  table: VersionedTable,
  before: Row,
  changes: Partial<Row>,
  expected: ExpectedVersions = null,
  restored?: number,
): Row {
  lockVersion(ctx.unit, table, before, expected);
  const made = madeOf(table, { ...before, ...changes }, Object.keys(changes));
  const noted = keptOf(table) && { change: changeOf(ctx, before, changes, restored) };
  const columns = { ...changes, ...made, ...noted, ...nextVersion(before, ctx.now) };
  stageKept(ctx, table as KeptTable, before);
  ctx.unit.stage(
    ctx.db
      .update(table as SQLiteTable)
      .set(columns)
      .where(isRow(table, before)),
  );
  return { ...before, ...columns };
}

/**
 * Stages the end of a row under the same lock. What versions are kept of goes to the trash with them, and with `links`:
 * JSON of what is tied to it, by a statement that is run before anything is untied.
 */
export function stageRemoval(
  ctx: Ctx,
  table: VersionedTable,
  before: VersionedRow & Removable,
  expected: ExpectedVersions,
  links: SQL | null = null,
): void {
  lockVersion(ctx.unit, table, before, expected);
  stageKept(ctx, table as KeptTable, before);
  stageTrashed(ctx, table as KeptTable, before, links);
  ctx.unit.stage(ctx.db.delete(table as SQLiteTable).where(isRow(table, before)));
}

/**
 * Stages the return of a deleted row, at its next version, under its old id; the commit holds only while it is in the
 * trash. Answers the row as it will be.
 */
export function stageReturn<Row extends VersionedRow>(ctx: Ctx, table: KeptTable, row: Row, trashed: number): Row {
  const change = changeOf(ctx, {}, {}, trashed);
  const returned = {
    ...row,
    ...madeOf(table as SQLiteTable, row),
    change,
    ...nextVersion({ ...row, version: trashed }, ctx.now),
  };
  stageRecovered(ctx, String(row.id));
  ctx.unit.stage(ctx.db.insert(table as SQLiteTable).values(returned as never));
  return returned;
}

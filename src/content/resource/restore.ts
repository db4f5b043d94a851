import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { notFound } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { stageChange, stageReturn } from "../../core/work/versioned.ts";
import type { Trashed } from "../trash/find.ts";
import type { Restoring } from "../versions/endpoints.ts";
import { findKept, findVersion } from "../versions/find.ts";
import { itemColumns, type ItemTable, type RowOf } from "./columns.ts";
import { findItem } from "./find.ts";
import { announce, type Written } from "./write.ts";

/** The columns of a row that are the resource's own. */
function ownOf<Table extends ItemTable>(table: Table, row: RowOf<Table>): Partial<RowOf<Table>> {
  const names = Object.keys(getTableColumns(table as SQLiteTable)).filter((name) => !(name in itemColumns));
  return Object.fromEntries(names.map((name) => [name, row[name as never]])) as Partial<RowOf<Table>>;
}

/** Stages an earlier version of an item as its next one, with what the caller wants to be other than it was. */
export async function restoreItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  { version, changes, expectedVersions, ...named }: Restoring,
): Promise<RowOf<Table>> {
  const { table, update, check, lasting } = written;
  const before = await findItem(ctx, written, named);
  const { head, row: was } = await findVersion(ctx, table, before as never, version);
  const old = { ...before, ...ownOf(table, was as never), ...lasting?.({ before, was: was as never }) } as RowOf<Table>;
  const own = { ...ownOf(table, old), ...(await update?.columns({ ctx, before: old, changes: changes as never })) };
  const row = stageChange(ctx, table, before, own as Partial<RowOf<Table>>, expectedVersions, head.version);
  check?.({ ctx, row, before, sent: own });
  announce(ctx, written, "updated", { row, before }, "restored");
  return row;
}

/** Stages the return of an item from the trash, as it was. Who listens hears of a new one. */
export async function recoverItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  { trashed, changes }: { trashed: Trashed; changes: object },
): Promise<RowOf<Table>> {
  const { table, update, check } = written;
  const kept = await findKept<RowOf<Table>>(ctx, table, trashed, trashed.version);
  if (!kept) throw notFound(written.called ?? written.label);
  const own = await update?.columns({ ctx, before: kept.row, changes: changes as never });
  const row = stageReturn(ctx, table, { ...kept.row, ...own } as RowOf<Table>, trashed.version);
  check?.({ ctx, row, before: null, sent: row });
  announce(ctx, written, "created", { row }, "recovered");
  return row;
}

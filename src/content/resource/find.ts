import { eq, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { findSite } from "../sites/service.ts";
import type { ItemTable, RowOf } from "./columns.ts";
import type { Declaration } from "./declaration.ts";

/** The item of this site as stored; throws `not_found`, of the site when that is what is missing. */
export async function findItem<Table extends ItemTable>(
  ctx: Ctx,
  {
    table,
    label,
    called = label,
    current,
  }: {
    table: Table;
    label: string;
    called?: string;
    current?: Declaration<Table, never, never, never, never>["current"];
  },
  { siteId, id }: { siteId: string; id: string },
  within?: SQL,
): Promise<RowOf<Table>> {
  const [row] = await ctx.db
    .select()
    .from(table as SQLiteTable)
    .where(scoped(ctx, table, eq(table.id, id), eq(table.siteId, siteId), within));
  if (row) {
    const [now = row] = (await current?.({ ctx, rows: [row as RowOf<Table>] })) ?? [];
    return now as RowOf<Table>;
  }
  await findSite(ctx, siteId);
  throw notFound(called);
}

/** Whether an item stands below what its path has named; nothing to ask where none has. */
export const belowOf = (
  { within }: { within?: Declaration<never, never, never, never, never>["within"] },
  parent: string | undefined,
): SQL | undefined => (within && parent !== undefined ? eq(within.column, parent) : undefined);

import { and, asc, desc, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { BatchItem } from "drizzle-orm/batch";
import type { Ctx } from "../context.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export interface ListQuery {
  limit: number;
  cursor?: string;
  page?: number;
  orderBy: string;
  direction: "asc" | "desc";
}

export interface ListSource<Table extends SQLiteTable> {
  /** Tells this list's cursors from those of others: `pages:site_…`. */
  name: string;
  table: Table;
  id: SQLiteColumn;
  where: SQL;
  /** What each `orderBy` name sorts by; every one needs an index that ends in the id. */
  orders: Record<string, SQLiteColumn | SQL>;
  /** How many rows there are in all. */
  total: SQL;
}

export interface CursorPage<Row> {
  rows: Row[];
  pagination: { total: number; limit: number; nextCursor: string | null };
}

/**
 * One page of a list with its total, in one round trip. Pages follow the sort value and the id of the last row seen,
 * so inserts neither repeat nor hide a row; `page` counts from 1 instead and skips rows.
 */
export async function listByCursor<Table extends SQLiteTable>(
  ctx: Ctx,
  source: ListSource<Table>,
  query: ListQuery,
  also: BatchItem<"sqlite">[] = [],
): Promise<CursorPage<Table["$inferSelect"]> & { also: unknown[] }> {
  const { orderBy, direction, limit } = query;
  const order = source.orders[orderBy] as SQLiteColumn | SQL;
  const list = `${source.name} ${orderBy} ${direction}`;
  const by = direction === "asc" ? asc : desc;
  const rowsQuery = ctx.db
    // A batch answers rows as objects: a second column of the same name would take the first one's place.
    .select({ row: source.table as never, sortValue: sql<string | number>`${order}`.as("sort_value") })
    .from(source.table)
    .where(and(source.where, query.cursor ? after(source, order, direction, list, query.cursor) : undefined))
    .orderBy(by(order), by(source.id))
    .limit(limit + 1)
    .offset(query.page ? (query.page - 1) * limit : 0);
  const totalQuery = ctx.db.select({ total: sql<number>`${source.total}`.as("total") }).from(sql`(SELECT 1)`);
  const [found, totals, ...rest] = (await ctx.db.batch([rowsQuery, totalQuery, ...also] as never)) as [
    { row: Table["$inferSelect"]; sortValue: string | number }[],
    { total: number }[],
    ...unknown[],
  ];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  const nextCursor = hasMore
    ? encodeCursor(list, { value: last.sortValue, id: String((last.row as Record<string, unknown>).id) })
    : null;
  const total = totals[0]?.total ?? 0;
  return { rows: shown.map((it) => it.row), pagination: { total, limit, nextCursor }, also: rest };
}

function after<Table extends SQLiteTable>(
  source: ListSource<Table>,
  order: SQLiteColumn | SQL,
  direction: "asc" | "desc",
  list: string,
  cursor: string,
): SQL {
  const { value, id } = decodeCursor(list, cursor);
  return direction === "asc"
    ? sql`(${order}, ${source.id}) > (${value}, ${id})`
    : sql`(${order}, ${source.id}) < (${value}, ${id})`;
}

/** How many items triggers have counted, without reading them: the sum over `names` of a scope's counters. */
export const counted = (scope: string, names: string[]): SQL =>
  sql`coalesce((SELECT sum(n) FROM collection_counts WHERE scope = ${scope} AND name IN (${sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  )})), 0)`;

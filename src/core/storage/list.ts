import { and, asc, Column, desc, is, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { BatchItem } from "drizzle-orm/batch";
import { fitting, type Sized, sizedRows, wholeRows } from "./bounded-rows.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Database } from "./database.ts";

export interface ListQuery {
  limit: number;
  cursor?: string;
  page?: number;
  /** One of the list's orders; the first of them without it. */
  orderBy?: string | undefined;
  direction: "asc" | "desc";
}

export interface ListSource<Table extends SQLiteTable> {
  /** Tells this list's cursors from those of others: `pages:site_…`. */
  name: string;
  table: Table;
  id: SQLiteColumn;
  where: SQL;
  /**
   * What each `orderBy` name sorts by; every one needs an index that ends in the id. The first is the order unasked: of
   * something that never changes, or an item edited while somebody pages would be shown to him twice or not at all.
   */
  orders: Record<string, SQLiteColumn | SQL>;
  /** The exact total where triggers keep it; counted when left out. */
  counted?: SQL | undefined;
  /** The filters leave few rows: sort those, rather than look for them along the order's index. */
  isNarrow?: boolean;
}

export interface CursorPage<Row> {
  rows: Row[];
  pagination: { total: number; limit: number; nextCursor: string | null };
}

type Found<Row> = Sized<Row, { sortValue: string | number; idValue: string | number }>;

/**
 * One page of a list with its total, in one round trip; fewer rows where more would not fit into an answer. Pages follow the sort value and the id of the last row seen,
 * so inserts neither repeat nor hide a row; `page` counts from 1 instead and skips rows.
 */
export async function listByCursor<Table extends SQLiteTable>(
  ctx: { db: Database },
  source: ListSource<Table>,
  query: ListQuery,
  also: BatchItem<"sqlite">[] = [],
): Promise<CursorPage<Table["$inferSelect"]> & { also: unknown[] }> {
  const { orderBy = Object.keys(source.orders)[0] as string, direction, limit } = query;
  const column = source.orders[orderBy] as SQLiteColumn | SQL;
  const order = source.isNarrow ? sql`+${column}` : column;
  const list = `${source.name} ${orderBy} ${direction}`;
  const by = direction === "asc" ? asc : desc;
  const parts = query.cursor ? after(source, order, direction, list, query.cursor) : [undefined];
  const rowsQueries = parts.map((part) =>
    sizedRows(
      ctx.db,
      source.table,
      {
        where: and(source.where, part),
        order: [by(order), by(source.id)],
        limit: limit + 1,
        offset: query.page ? (query.page - 1) * limit : 0,
      },
      { sortValue: sql`${order}`, idValue: sql`${source.id}` },
    ),
  );
  const total = source.counted ?? countOf(source);
  const totalQuery = ctx.db.select({ total: sql<number>`${total}`.as("total") }).from(sql`(SELECT 1)`);
  const [totals, ...results] = (await ctx.db.batch([totalQuery, ...rowsQueries, ...also] as never)) as [
    { total: number }[],
    ...unknown[],
  ];
  const found = results.slice(0, parts.length).flat() as Found<Table["$inferSelect"]>[];
  const shown = fitting(found.slice(0, limit));
  const last = shown.at(-1);
  const hasMore = found.length > shown.length && last !== undefined;
  const nextCursor = hasMore ? encodeCursor(list, { value: last.sortValue, id: String(last.idValue) }) : null;
  return {
    rows: await wholeRows(ctx.db, source, shown),
    pagination: { total: totals[0]?.total ?? 0, limit, nextCursor },
    also: results.slice(parts.length),
  };
}

/**
 * What lies behind a cursor, in parts that follow one another. SQLite seeks a row value in an index of columns only:
 * for an order by an expression the rows of equal value and those beyond are asked for one by one.
 */
function after<Table extends SQLiteTable>(
  source: ListSource<Table>,
  order: SQLiteColumn | SQL,
  direction: "asc" | "desc",
  list: string,
  cursor: string,
): SQL[] {
  const { value, id } = decodeCursor(list, cursor);
  const beyond = direction === "asc" ? sql`>` : sql`<`;
  if (is(order, Column)) return [sql`(${order}, ${source.id}) ${beyond} (${value}, ${id})`];
  return [sql`${order} = ${value} AND ${source.id} ${beyond} ${id}`, sql`${order} ${beyond} ${value}`];
}

/** How many rows meet a condition, counted now. */
export const countOf = ({ table, where }: { table: SQLiteTable; where: SQL }): SQL =>
  sql`(SELECT count(*) FROM ${table} WHERE ${where})`;

import { and, asc, desc, gt, lte, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { fitting, type Sized, sizedRows, wholeRows } from "./bounded-rows.ts";
import { contains, sortKey } from "./folded.ts";
import type { Database } from "./database.ts";
import { countOf } from "./list.ts";

export interface NumberedSource {
  table: SQLiteTable;
  /** Tenant scope and the resource's own filters. */
  where: SQL;
  /** Texts that are searched are sorted as they are compared. */
  sorts: Record<string, SQLiteColumn | SQL>;
  /** The tie-break of every order, and the order without `sort` unless there is `newest`. */
  id: SQLiteColumn;
  /** What the list has the last of first without `sort`. */
  newest?: SQLiteColumn;
  /** The exact total when nothing but `where` filters, kept by triggers; counted when left out. */
  counted?: SQL | undefined;
  /** What `search` looks into: columns that may contain the text, or a condition of the resource's own. */
  search?: SQLiteColumn[] | ((text: string) => SQL);
  createdAt?: SQLiteColumn;
  updatedAt?: SQLWrapper;
}

export interface NumberedQuery {
  page: number;
  per_page: number;
  sort: { name: string; direction: "asc" | "desc" }[];
  search?: string;
  created_after?: number;
  created_before?: number;
  updated_after?: number;
  updated_before?: number;
}

const isFound = (search: NonNullable<NumberedSource["search"]>, text: string): SQL =>
  typeof search === "function" ? search(text) : (or(...search.map((it) => contains(it, text))) ?? sql`0`);

/** Windows begin after their first moment and end with their last: those that touch share no item and lose none. */
function filtersOf(source: NumberedSource, query: NumberedQuery): SQL[] {
  const { createdAt, updatedAt, search } = source;
  const filters: (SQL | undefined)[] = [
    query.search !== undefined && search ? isFound(search, query.search) : undefined,
    query.created_after !== undefined && createdAt ? gt(createdAt, query.created_after) : undefined,
    query.created_before !== undefined && createdAt ? lte(createdAt, query.created_before) : undefined,
    query.updated_after !== undefined && updatedAt ? gt(updatedAt, query.updated_after) : undefined,
    query.updated_before !== undefined && updatedAt ? lte(updatedAt, query.updated_before) : undefined,
  ];
  return filters.filter((filter) => filter !== undefined);
}

/** One numbered page as it was read: of more items than fit into an answer it is a part, numbered as a page of fewer. */
export interface NumberedPage {
  rows: Record<string, unknown>[];
  total: number;
  page: number;
  perPage: number;
  isPart: boolean;
}

/** The number of the page that begins where this one does and has no more than `count` items. */
function numberedAs({ page, per_page }: NumberedQuery, count: number): { page: number; perPage: number } {
  let perPage = count;
  while (per_page % perPage !== 0) perPage -= 1;
  return { page: ((page - 1) * per_page) / perPage + 1, perPage };
}

/** One numbered page and the exact total, in one round trip. Newest first unless sorted otherwise. */
export async function readNumberedPage(
  ctx: { db: Database },
  source: NumberedSource,
  query: NumberedQuery,
): Promise<NumberedPage> {
  const filters = filtersOf(source, query);
  const where = and(source.where, ...filters) as SQL;
  const unasked = query.sort.length === 0 && source.newest ? [desc(source.newest)] : [];
  const order = query.sort.map(({ name, direction }) =>
    (direction === "asc" ? asc : desc)(sortKey(source.sorts[name] as SQLiteColumn | SQL)),
  );
  const last = query.sort.at(-1)?.direction === "asc" ? asc(source.id) : desc(source.id);
  const total = filters.length === 0 && source.counted ? source.counted : countOf({ table: source.table, where });
  const offset = (query.page - 1) * query.per_page;
  const wanted = { where, order: [...unasked, ...order, last], limit: query.per_page, offset };
  const rowsQuery = sizedRows(ctx.db, source.table, wanted);
  const totalQuery = ctx.db.select({ total: sql<number>`${total}`.as("total") }).from(sql`(SELECT 1)`);
  const [found, totals] = (await ctx.db.batch([rowsQuery, totalQuery] as never)) as [
    Sized<Record<string, unknown>>[],
    { total: number }[],
  ];
  const rows = fitting(found);
  const isPart = rows.length < found.length;
  const numbers = isPart ? numberedAs(query, rows.length) : { page: query.page, perPage: query.per_page };
  const { table, id } = source;
  const shown = await wholeRows(ctx.db, { table, id, where }, rows.slice(0, numbers.perPage));
  return { rows: shown, total: totals[0]?.total ?? 0, ...numbers, isPart };
}

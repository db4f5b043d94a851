import { eq, getTableColumns, getTableName, gte, lt, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { personalAttributes } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Counter, counter } from "../../core/storage/counter.ts";
import { columnOf, contains, isSame, sortKey } from "../../core/storage/folded.ts";
import { type CursorPage, type ListQuery, listByCursor } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { findSite } from "../sites/service.ts";
import type { ItemTable, RowOf } from "./columns.ts";
import type { Declaration, State, Within } from "./declaration.ts";

interface Declared {
  table: ItemTable;
  personal?: readonly string[];
  within?: Within;
  list: Omit<Declaration<ItemTable, never, never, never, never>["list"], "query">;
  current?(at: { ctx: Ctx; rows: RowOf<ItemTable>[] }): Promise<RowOf<ItemTable>[]>;
}

interface Listed extends Declared {
  counter: Counter<string | number>;
}

type Stored = string | boolean;

const asCounted = (value: Stored): string | number => (typeof value === "boolean" ? Number(value) : value);

/** What counts the items of a site: by table, and by state where there is one (`coupons`, `products:1`). */
export const counterOf = ({ table, list: { state } }: Declared): Counter<string | number> =>
  state ? counter(getTableName(table), Object.values(state.values).map(asCounted)) : counter(getTableName(table));

const countIn = ({ counter }: Listed, siteId: string, state: Stored | undefined): SQL =>
  counter.count(siteId, state === undefined ? undefined : [asCounted(state)]);

const inState = (state: State | undefined, value: Stored | undefined): SQL | undefined =>
  state && value !== undefined ? eq(state.column, value) : undefined;

/** Whether a number is the one that is looked for. */
const isNumber = (column: SQLiteColumn, text: string): SQL =>
  /^\d{1,15}$/.test(text) ? eq(column, Number(text)) : sql`0`;

/** Columns the caller may not see. */
function hiddenOf(ctx: Ctx, { table, personal = [] }: Declared): SQLiteColumn[] {
  const isVisible = personalAttributes(ctx.caller);
  return Object.entries(getTableColumns(table))
    .filter(([name]) => personal.includes(name) && !isVisible(name))
    .map(([, column]) => column);
}

/** Items in which the text is found; nobody finds by what they may not see. */
function holding(ctx: Ctx, declared: Declared, text: string): SQL {
  const { search = [] } = declared.list;
  const hidden = hiddenOf(ctx, declared);
  const conditions = search
    .map(columnOf)
    .filter((column) => !hidden.includes(column))
    .map((column) => (column.dataType === "number" ? isNumber(column, text) : contains(column, text)));
  return or(...conditions) ?? sql`0`;
}

/** One page of a site's items on `/v1`; with `parent`, of those below that. */
export async function listItems<Table extends ItemTable>(
  ctx: Ctx,
  listed: Listed & { table: Table },
  siteId: string,
  query: ListQuery,
  parent?: string,
): Promise<CursorPage<RowOf<Table>>> {
  const { table, list, within, current } = listed;
  const below = parent === undefined ? undefined : within;
  const site = await findSite(ctx, siteId);
  await below?.require({ ctx, siteId, id: parent as string });
  const narrowed = (await list.narrowed?.({ site, query: query as never })) ?? null;
  const { [list.state?.parameter ?? ""]: named, search, ...rest } = query as unknown as Record<string, string>;
  const state = named === undefined ? undefined : list.state?.values[named];
  const found = search === undefined ? undefined : holding(ctx, listed, search);
  const filters = Object.entries(list.filters ?? {})
    .filter(([name]) => rest[name] !== undefined)
    .map(([name, column]) => (hiddenOf(ctx, listed).includes(column) ? sql`0` : isSame(column, rest[name])));
  for (const [name, { column, is }] of Object.entries(list.ranges ?? {})) {
    if (rest[name] !== undefined) filters.push((is === "least" ? gte : lt)(column, rest[name]));
  }
  const isBelow = below && eq(below.column, parent as string);
  const conditions = [isBelow, inState(list.state, state), ...filters, narrowed?.where, found];
  const where = scoped(ctx, table, eq(table.siteId, siteId), ...conditions);
  const isCounted = filters.length === 0 && narrowed === null && found === undefined;
  const counted = () =>
    below ? below.count(siteId, parent as string, state as string | undefined) : countIn(listed, siteId, state);
  const source = {
    name: `${getTableName(table)}:${parent ?? siteId}`,
    table,
    id: table.id,
    orders: Object.fromEntries(Object.entries(list.orders).map(([name, column]) => [name, sortKey(column)])),
    where,
    counted: isCounted ? counted() : undefined,
  };
  const ordered = narrowed?.orderBy === undefined ? query : { ...query, orderBy: narrowed.orderBy };
  const page = (await listByCursor(ctx, source, ordered)) as unknown as CursorPage<RowOf<Table>>;
  return current ? { ...page, rows: (await current({ ctx, rows: page.rows })) as RowOf<Table>[] } : page;
}

/** What a site's items are listed from under numbered pages. */
export function numberedItems(ctx: Ctx, listed: Listed, siteId: string, status: string | undefined): NumberedSource {
  const { table, list } = listed;
  const state = status === undefined ? undefined : list.state?.itemValues[status];
  return {
    table,
    where: scoped(ctx, table, eq(table.siteId, siteId), inState(list.state, state)),
    sorts: { created_at: table.createdAt, updated_at: table.updatedAt },
    id: table.id,
    counted: countIn(listed, siteId, state),
    ...(list.search && { search: (text: string) => holding(ctx, listed, text) }),
    createdAt: table.createdAt,
    updatedAt: table.updatedAt,
  };
}

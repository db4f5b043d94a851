import { eq, getTableName, type SQL } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { type CursorPage, counted, type ListQuery, listByCursor } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { findSite } from "../sites/service.ts";
import type { ItemTable, RowOf } from "./columns.ts";
import type { Declaration, State } from "./declaration.ts";

interface Listed {
  table: ItemTable;
  list: Omit<Declaration<ItemTable, never, never, never, never>["list"], "query">;
}
type Stored = string | boolean;

/** Triggers count the items of a site by table, and by state where there is one: `coupons`, `products:1`. */
function counterNames({ table, list: { state } }: Listed, wanted: Stored | undefined): string[] {
  const name = getTableName(table);
  if (!state) return [name];
  const states = wanted === undefined ? Object.values(state.values) : [wanted];
  return states.map((value) => `${name}:${typeof value === "boolean" ? Number(value) : value}`);
}

const inState = (state: State | undefined, value: Stored | undefined): SQL | undefined =>
  state && value !== undefined ? eq(state.column, value) : undefined;

/** One page of a site's items on `/v1`. */
export async function listItems<Table extends ItemTable>(
  ctx: Ctx,
  listed: Listed & { table: Table },
  siteId: string,
  query: ListQuery,
): Promise<CursorPage<RowOf<Table>>> {
  const { table, list } = listed;
  await findSite(ctx, siteId);
  const { [list.state?.parameter ?? ""]: named, search, ...rest } = query as unknown as Record<string, string>;
  const state = named === undefined ? undefined : list.state?.values[named];
  const found = search === undefined ? undefined : list.search?.(ctx, search);
  const filters = Object.entries(list.filters ?? {})
    .filter(([name]) => rest[name] !== undefined)
    .map(([name, column]) => eq(column, rest[name]));
  const where = scoped(ctx, table, eq(table.siteId, siteId), inState(list.state, state), ...filters, found);
  const isCounted = filters.length === 0 && found === undefined;
  const source = {
    name: `${getTableName(table)}:${siteId}`,
    table,
    id: table.id,
    orders: list.orders,
    where,
    counted: isCounted ? counted(siteId, counterNames(listed, state)) : undefined,
  };
  return (await listByCursor(ctx, source, query)) as unknown as CursorPage<RowOf<Table>>;
}

/** What a site's items are listed from under numbered pages. */
export function numberedItems(ctx: Ctx, listed: Listed, siteId: string, status: string | undefined): NumberedSource {
  const { table, list } = listed;
  const { search } = list;
  const state = status === undefined ? undefined : list.state?.itemValues[status];
  return {
    table,
    where: scoped(ctx, table, eq(table.siteId, siteId), inState(list.state, state)),
    sorts: { created_at: table.createdAt, updated_at: table.updatedAt },
    id: table.id,
    counted: counted(siteId, counterNames(listed, state)),
    ...(search && { search: (text: string) => search(ctx, text) }),
    createdAt: table.createdAt,
    updatedAt: table.updatedAt,
  };
}

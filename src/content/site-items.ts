import { and, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import type { DeclaredEvent } from "../core/events/define.ts";
import { scoped } from "../core/storage/scoped.ts";
import { type ExpectedVersions, requireVersion } from "../core/storage/version.ts";
import { findSite } from "./sites/service.ts";

/** The columns every resource below a site has. */
type ItemTable = SQLiteTable &
  Record<"id" | "siteId" | "workspaceId" | "environment" | "version" | "updatedAt", SQLiteColumn>;

interface ItemRow {
  id: string;
  siteId: string;
  version: number;
  updatedAt: number;
}

type Verb = "created" | "updated" | "deleted";

/** A kind of thing a site has: its table, its name and how the API shows it. */
export interface ItemKind<Table extends ItemTable, Item> {
  /** As errors name it: `Product`. */
  label: string;
  /** As events, the audit log and personal attributes name it: `product`. */
  name: string;
  table: Table;
  toItem(row: InferSelectModel<Table>): Item;
  /** What is announced to subscribers; the audit log hears of everything. */
  events: Partial<Record<Verb, DeclaredEvent<Item>>>;
}

const rowOf = (row: unknown): ItemRow => row as ItemRow;

/** The item of this site as stored; throws `not_found`, of the site when that is what is missing. */
export async function findItem<Table extends ItemTable>(
  ctx: Ctx,
  { table, label }: ItemKind<Table, unknown>,
  siteId: string,
  id: string,
): Promise<InferSelectModel<Table>> {
  const [row] = await ctx.db
    .select()
    .from(table as SQLiteTable)
    .where(scoped(ctx, table, eq(table.id, id), eq(table.siteId, siteId)));
  if (row) return row as InferSelectModel<Table>;
  await findSite(ctx, siteId);
  throw notFound(label);
}

function announce<Table extends ItemTable, Item>(
  ctx: Ctx,
  kind: ItemKind<Table, Item>,
  verb: Verb,
  row: InferSelectModel<Table>,
  before?: InferSelectModel<Table>,
): Item {
  const item = kind.toItem(row);
  const { id, siteId } = rowOf(row);
  const event = kind.events[verb];
  if (event) ctx.unit.emit(event, item, siteId);
  ctx.unit.audit(`${kind.name}.${verb}`, {
    type: kind.name,
    id,
    before: before && kind.toItem(before),
    after: verb === "deleted" ? undefined : item,
  });
  return item;
}

/** Stages a new item with its event. */
export function createItem<Table extends ItemTable, Item>(
  ctx: Ctx,
  kind: ItemKind<Table, Item>,
  row: InferSelectModel<Table>,
): Item {
  ctx.unit.stage(ctx.db.insert(kind.table as SQLiteTable).values(row as never));
  return announce(ctx, kind, "created", row);
}

const requireUnchanged = (ctx: Ctx, table: ItemTable, { id, version }: ItemRow): void =>
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${table} WHERE ${and(eq(table.id, id), eq(table.version, version))})`);

/** Stages the changed item with its event. `expected` is If-Match. */
export function updateItem<Table extends ItemTable, Item>(
  ctx: Ctx,
  kind: ItemKind<Table, Item>,
  before: InferSelectModel<Table>,
  changes: Partial<InferSelectModel<Table>>,
  expected: ExpectedVersions,
): Item {
  const { table } = kind;
  const { id, version } = rowOf(before);
  requireVersion(version, expected);
  requireUnchanged(ctx, table, rowOf(before));
  const columns = { ...changes, version: version + 1, updatedAt: ctx.now };
  ctx.unit.stage(
    ctx.db
      .update(table as SQLiteTable)
      .set(columns as never)
      .where(scoped(ctx, table, eq(table.id, id))),
  );
  return announce(ctx, kind, "updated", { ...before, ...columns }, before);
}

/** Stages the item's end with its event. */
export function deleteItem<Table extends ItemTable, Item>(
  ctx: Ctx,
  kind: ItemKind<Table, Item>,
  before: InferSelectModel<Table>,
  expected: ExpectedVersions,
): void {
  const { table } = kind;
  requireVersion(rowOf(before).version, expected);
  requireUnchanged(ctx, table, rowOf(before));
  ctx.unit.stage(ctx.db.delete(table as SQLiteTable).where(scoped(ctx, table, eq(table.id, rowOf(before).id))));
  announce(ctx, kind, "deleted", before, before);
}

import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../core/work/context.ts";
import { newId } from "../../core/ids.ts";
import { madeOf } from "../../core/storage/folded.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";
import { stageUses } from "../media/places.ts";
import { findSite } from "../sites/service.ts";
import type { ItemTable, RowOf } from "./columns.ts";
import type { Declaration, Turn, Verb } from "./declaration.ts";
import type { ItemEvents } from "./events.ts";
import { belowOf, findItem } from "./find.ts";
import { madeBy } from "../../core/work/keeping.ts";
import { stageChange, stageRemoval } from "../../core/work/versioned.ts";

/**
 * What writing needs of a resource. The verbs treat all of them alike: a body was checked by its own schema where it was
 * parsed, so here it is an object.
 */
export interface Written<Table extends ItemTable>
  extends Pick<
    Declaration<Table, never, never, never, never>,
    | "name"
    | "label"
    | "called"
    | "idPrefix"
    | "table"
    | "create"
    | "update"
    | "check"
    | "lasting"
    | "current"
    | "beside"
    | "follow"
    | "within"
    | "unkept"
  > {
  events: ItemEvents;
  turns?: Record<string, Turn<RowOf<Table>>>;
  show(row: RowOf<Table>): object;
}

interface Target {
  siteId: string;
  parent?: string | undefined;
  id: string;
  expectedVersions?: ExpectedVersions;
}

const without = (item: object, fields: readonly string[]): object =>
  fields.length === 0 ? item : Object.fromEntries(Object.entries(item).filter(([field]) => !fields.includes(field)));

/** Tells subscribers, and the audit log by the name of the deed; answers the item as its GET shows it to somebody who may see all of it. */
export function announce<Table extends ItemTable>(
  ctx: Ctx,
  { name, events, turns = {}, show, beside, unkept = [] }: Written<Table>,
  verb: Verb,
  { row, before }: { row: RowOf<Table>; before?: RowOf<Table> },
  deed: string = verb,
): void {
  const item = show(row);
  const event = events[verb];
  if (event) ctx.unit.emit(event, item, row.siteId);
  for (const [turn, { isNow }] of Object.entries(turns)) {
    const has = verb !== "deleted" && isNow(row) && !(before && isNow(before) === isNow(row));
    if (has && events[turn]) ctx.unit.emit(events[turn], item, row.siteId);
  }
  ctx.unit.audit(`${name}.${deed}`, {
    type: name,
    id: row.id,
    before: before && without(show(before), unkept),
    after: verb === "deleted" ? undefined : without(item, unkept),
  });
  const place = { type: name, id: row.id, siteId: row.siteId };
  beside?.({ ctx, verb, row });
  stageUses(ctx, place, before ? show(before) : null, verb === "deleted" ? null : item);
}

/** Stages a new item with its event. */
export async function createItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  { siteId, body }: { siteId: string; body: object },
): Promise<RowOf<Table>> {
  const { table, create, idPrefix, check } = written;
  if (!create) throw new Error(`A ${written.name} cannot be created`);
  const site = await findSite(ctx, siteId);
  const id = newId(idPrefix, ctx.now);
  const at = { version: 1, change: madeBy(ctx), createdAt: ctx.now, updatedAt: ctx.now };
  const standard = { id, ...ownedBy(ctx), siteId: site.id, ...at };
  const own = { ...(await create.columns({ ctx, site, id, body: body as never })), ...standard };
  const row = { ...own, ...madeOf(table, own) } as RowOf<Table>;
  check?.({ ctx, row, before: null, sent: body });
  ctx.unit.stage(ctx.db.insert(table as SQLiteTable).values(row as never));
  announce(ctx, written, "created", { row });
  return row;
}

/** Stages the changed item with its event. */
export async function updateItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  { expectedVersions, changes, ...named }: Target & { changes: object },
): Promise<RowOf<Table>> {
  const { update } = written;
  if (!update) throw new Error(`A ${written.name} cannot be changed`);
  const before = await findItem(ctx, written, named, belowOf(written, named.parent));
  const own = await update.columns({ ctx, before, changes: changes as never });
  return changeItem(ctx, written, before, { own: own as Partial<RowOf<Table>>, sent: changes, expectedVersions });
}

/** Stages a change of an item that was read, whether or not a PATCH could make it, with its events and what follows. */
export async function changeItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  before: RowOf<Table>,
  { own, sent, expectedVersions }: { own: Partial<RowOf<Table>>; sent: object; expectedVersions?: ExpectedVersions },
): Promise<RowOf<Table>> {
  const { table, check, follow } = written;
  const row = stageChange(ctx, table, before, own, expectedVersions);
  check?.({ ctx, row, before, sent });
  announce(ctx, written, "updated", { row, before });
  await follow?.({ ctx, row, before });
  return row;
}

/** Stages the item's end with its event. */
export async function removeItem<Table extends ItemTable>(
  ctx: Ctx,
  written: Written<Table>,
  { expectedVersions, ...named }: Target,
): Promise<void> {
  const { table } = written;
  const before = await findItem(ctx, written, named, belowOf(written, named.parent));
  stageRemoval(ctx, table, before, expectedVersions);
  announce(ctx, written, "deleted", { row: before, before });
}

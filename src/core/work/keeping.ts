import { eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import { tenantScope } from "../storage/counter.ts";
import { withMade } from "../storage/folded.ts";
import { contentOf, type Kept, type KeptTable, keptOf } from "../storage/history/kept.ts";
import { type Change, trash, versions } from "../storage/history/table.ts";
import { insertSelect } from "../storage/names.ts";
import { isListed, ownedBy, scoped } from "../storage/scoped.ts";
import type { Ctx } from "./context.ts";

/** Versions kept of one thing, and for how long. */
export const KEPT_VERSIONS = 50;
const DAY_MS = 86_400_000;
export const KEPT_VERSION_MS = 90 * DAY_MS;
/** How long something that was deleted can be restored. */
export const KEPT_TRASH_MS = 30 * DAY_MS;

/** How a new thing came about. */
export const madeBy = (ctx: Ctx): Change => ({ by: ctx.caller.actor, fields: [] });

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** How the state after a change came about. */
export function changeOf(ctx: Ctx, before: object, changes: object, restored: number | undefined): Change {
  const was = before as Record<string, unknown>;
  const fields = Object.entries(changes).filter(([field, value]) => !isSame(was[field], value));
  return { by: ctx.caller.actor, fields: fields.map(([field]) => field), ...(restored !== undefined && { restored }) };
}

/** The same for a statement that changes rows it has not read: of each field its column, and what becomes of it. */
export function changedBy(ctx: Ctx, fields: Record<string, [column: SQLiteColumn, value: SQL]>): SQL {
  const changed = Object.entries(fields).map(
    ([field, [column, value]]) => sql`SELECT ${field} AS changed WHERE ${column} IS NOT ${value}`,
  );
  const list = sql`(SELECT json_group_array(changed) FROM (${sql.join(changed, sql` UNION ALL `)}))`;
  return sql`json_object('by', ${ctx.caller.actor}, 'fields', ${list})`;
}

/** Stages the keeping of rows as they are, before the statement that changes or deletes them. */
function stageStates(ctx: Ctx, table: KeptTable, { kind }: Kept, areThese: SQL): void {
  const row = {
    workspaceId: table.workspaceId,
    environment: table.environment,
    kind,
    itemId: sql`CAST(${table.id} AS TEXT)`,
    version: table.version,
    change: table.change,
    changedAt: table.updatedAt,
    replacedAt: ctx.now,
    content: contentOf(table),
  };
  ctx.unit.stage(insertSelect(versions, row, sql`FROM ${table} WHERE ${areThese}`));
}

const newer = alias(versions, "newer");

/** Whether a version is older than the newest that are kept of its item. Their numbers need not follow one another. */
const isBeyond = (ctx: Ctx, itemId: SQLWrapper): SQL =>
  sql`${versions.version} <= (SELECT ${newer.version} FROM ${versions} AS ${newer}
    WHERE ${scoped(ctx, newer, eq(newer.itemId, itemId))} ORDER BY ${newer.version} DESC LIMIT 1 OFFSET ${sql.raw(String(KEPT_VERSIONS))})`;

/** Keeps the state of one row, and drops the one that is too many by then. */
export function stageKept(ctx: Ctx, table: KeptTable, { id, version }: Removable): void {
  const kept = keptOf(table);
  if (!kept) return;
  stageStates(ctx, table, kept, eq(table.id, id));
  if (version <= KEPT_VERSIONS) return;
  const isIt = eq(versions.itemId, String(id));
  ctx.unit.stage(ctx.db.delete(versions).where(scoped(ctx, versions, isIt, isBeyond(ctx, sql`${String(id)}`))));
}

/** The same for all rows that a condition finds, whichever those are in the commit. */
export function stageAllKept(ctx: Ctx, table: KeptTable, areThese: SQL): void {
  const kept = keptOf(table);
  if (!kept) return;
  stageStates(ctx, table, kept, areThese);
  const most = sql.raw(String(KEPT_VERSIONS));
  const long = sql`SELECT CAST(${table.id} AS TEXT) FROM ${table} WHERE ${areThese} AND ${table.version} > ${most}`;
  const areOfThese = sql`${versions.itemId} IN (${long})`;
  const areBeyond = isBeyond(ctx, versions.itemId);
  ctx.unit.stage(ctx.db.delete(versions).where(scoped(ctx, versions, areOfThese, areBeyond)));
}

/** A row that can be deleted. */
export interface Removable {
  id: string | number;
  version: number;
  siteId?: string | null;
}

/** Stages the way into the trash, beside the keeping of the row; `links` is JSON of `Links`, made before they are undone. */
export function stageTrashed(ctx: Ctx, table: KeptTable, row: Removable, links: SQL | null): void {
  const kept = keptOf(table);
  if (!kept) return;
  const { id, version, siteId = null } = row;
  const title = (row as unknown as Record<string, unknown>)[kept.title];
  const trashed = withMade(trash, {
    id: String(id),
    ...ownedBy(ctx),
    scope: typeof id === "string" && siteId !== null ? siteId : tenantScope(ctx.caller),
    siteId,
    kind: kept.kind,
    title: String(title ?? id),
    version,
    links: null,
    deletedBy: ctx.caller.actor,
    deletedAt: ctx.now,
    purgeAt: ctx.now + KEPT_TRASH_MS,
  });
  ctx.unit.stage(ctx.db.insert(trash).values({ ...trashed, ...(links && { links: links as never }) }));
}

const isTrashed = (ctx: Ctx, ids: readonly string[]): SQL => scoped(ctx, trash, isListed(trash.id, ids));

/** Stages the end of what lies in the trash, with its versions. What somebody restores at the same moment is left alone. */
export function stagePurged(ctx: Ctx, ids: readonly string[]): void {
  const these = ctx.db.select({ id: trash.id }).from(trash).where(isTrashed(ctx, ids));
  ctx.unit.stage(ctx.db.delete(versions).where(scoped(ctx, versions, inArray(versions.itemId, these))));
  ctx.unit.stage(ctx.db.delete(trash).where(isTrashed(ctx, ids)));
}

/** Holds the commit to a thing that is in the trash: of those who restore it and delete it for good one has their way. */
export const requireTrashed = (ctx: Ctx, id: string): void =>
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${trash} WHERE ${isTrashed(ctx, [id])})`);

/** Stages the way out of the trash; the commit holds only while the thing is still there. */
export function stageRecovered(ctx: Ctx, id: string): void {
  requireTrashed(ctx, id);
  ctx.unit.stage(ctx.db.delete(trash).where(isTrashed(ctx, [id])));
}

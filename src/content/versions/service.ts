import { decodeCursor, encodeCursor } from "../../core/storage/cursor.ts";
import type { ListQuery } from "../../core/storage/list.ts";
import type { KeptTable } from "../../core/storage/history/kept.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Compared, differences } from "./compare/compare.ts";
import { findVersion, headsOf, type ToldHead, told, type VersionedRow, type VersionName } from "./find.ts";

/** A kind of thing whose versions are kept. */
export interface Versioned<Row extends VersionedRow> {
  table: KeptTable;
  /** A row as the caller's GET shows it. */
  show(ctx: Ctx, row: Row): Record<string, unknown>;
}

/** The versions before the present one, as a list that is paged like any other. */
export async function listVersions(
  ctx: Ctx,
  row: VersionedRow,
  query: ListQuery,
): Promise<{ items: ToldHead[]; pagination: { total: number; limit: number; nextCursor: string | null } }> {
  const { direction, limit, cursor, page = 1 } = query;
  const list = `versions:${row.id} ${direction}`;
  const heads = await headsOf(ctx, row);
  if (direction === "asc") heads.reverse();
  const after = cursor === undefined ? null : Number(decodeCursor(list, cursor).value);
  const isBeyond = ({ version }: { version: number }) =>
    after === null || (direction === "asc" ? version > after : version < after);
  const left = heads.filter(isBeyond).slice((page - 1) * limit);
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = left.length > limit && last !== undefined;
  const nextCursor = hasMore ? encodeCursor(list, { value: last.version, id: String(row.id) }) : null;
  return { items: await told(ctx, shown), pagination: { total: heads.length, limit, nextCursor } };
}

/** One version of a row, whole: as GET would have shown it. */
export async function getVersion<Row extends VersionedRow>(
  ctx: Ctx,
  { table, show }: Versioned<Row>,
  row: Row,
  name: VersionName,
): Promise<{ head: ToldHead; item: Record<string, unknown> }> {
  const found = await findVersion(ctx, table, row, name);
  const [head] = (await told(ctx, [found.head])) as [ToldHead];
  return { head, item: show(ctx, found.row) };
}

/** The version before another one; that one itself where nothing before it is kept. */
async function versionBefore(ctx: Ctx, row: VersionedRow, name: VersionName): Promise<number> {
  const to = name === "current" ? row.version : name;
  const before = (await headsOf(ctx, row)).find(({ version }) => version < to);
  return before?.version ?? to;
}

/** What differs between two versions of a row, of what the caller may see of it; `from` is the one before `to` unless it is told. */
export async function compareVersions<Row extends VersionedRow>(
  ctx: Ctx,
  { table, show }: Versioned<Row>,
  row: Row,
  { from, to }: { from: VersionName | undefined; to: VersionName },
): Promise<Compared> {
  const later = await findVersion(ctx, table, row, to);
  const earlier = await findVersion(ctx, table, row, from ?? (await versionBefore(ctx, row, to)));
  return {
    from: earlier.head.version,
    to: later.head.version,
    ...(await differences(show(ctx, earlier.row), show(ctx, later.row))),
  };
}

import { and, eq, sql } from "drizzle-orm";
import { notFound } from "../../core/errors.ts";
import { type KeptTable, rowOf } from "../../core/storage/history/kept.ts";
import { type Change, versions } from "../../core/storage/history/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Who, whoIs } from "./who.ts";

/** What every row says of which versions are kept. */
export interface VersionedRow {
  id: string | number;
  version: number;
  updatedAt: number;
  change: Change | null;
}

/** A version as a caller names it. */
export type VersionName = number | "current";

/** What is told of a version besides its content. Times in milliseconds. */
export interface Head {
  version: number;
  change: Change | null;
  changedAt: number;
  /** `null` for the present one. */
  replacedAt: number | null;
  /** Of its content as it is kept, in bytes; of the present one as it would be. */
  size: number;
}

/** A head with whoever made the version. */
export type ToldHead = Head & { who: Who | null };

const head = {
  version: versions.version,
  change: versions.change,
  changedAt: versions.changedAt,
  replacedAt: versions.replacedAt,
  size: sql<number>`octet_length(${versions.content})`.as("size"),
};

const isOf = (ctx: Ctx, { id }: Pick<VersionedRow, "id">) => scoped(ctx, versions, eq(versions.itemId, String(id)));

/** Adds who made them. */
export async function told<Some extends Pick<Head, "change">>(
  ctx: Ctx,
  heads: Some[],
): Promise<(Some & { who: Who | null })[]> {
  const who = await whoIs(
    ctx,
    heads.map(({ change }) => change?.by),
  );
  return heads.map((it) => ({ ...it, who: who(it.change?.by) }));
}

/** What is kept of something before its present state, newest first: `KEPT_VERSIONS` at most. */
export const headsOf = (ctx: Ctx, row: Pick<VersionedRow, "id">): Promise<Head[]> =>
  ctx.db.select(head).from(versions).where(isOf(ctx, row)).orderBy(sql`${versions.version} DESC`);

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** A version with the row as it was, less what is made of it; `row` is the present one. Throws `not_found`. */
export async function findVersion<Row extends VersionedRow>(
  ctx: Ctx,
  table: KeptTable,
  row: Row,
  name: VersionName,
): Promise<{ head: Head; row: Row }> {
  if (name === "current" || name === row.version) {
    const { version, change, updatedAt } = row;
    const size = bytes({ ...row, folded: undefined, change: undefined, searchText: undefined });
    return { head: { version, change, changedAt: updatedAt, replacedAt: null, size }, row };
  }
  const kept = await findKept<Row>(ctx, table, row, name);
  if (!kept) throw notFound("Version");
  // Columns that came later are as they are now.
  return { head: kept.head, row: { ...row, ...kept.row } };
}

/** The same of what is no more. */
export async function findKept<Row extends VersionedRow>(
  ctx: Ctx,
  table: KeptTable,
  row: Pick<VersionedRow, "id">,
  version: number,
): Promise<{ head: Head; row: Row } | null> {
  const [found] = await ctx.db
    .select({ ...head, content: versions.content })
    .from(versions)
    .where(and(isOf(ctx, row), eq(versions.version, version)));
  if (!found) return null;
  const { content, ...rest } = found;
  return { head: rest, row: { ...rowOf<Row>(table, content), change: rest.change } };
}

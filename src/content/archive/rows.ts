import { asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { fitting, sizedRows, wholeRows } from "../../core/storage/bounded-rows.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { ArchivedRow, Kind } from "./kind.ts";

/** Records one file has at most; it has fewer where they are large. */
const ROWS_AT_ONCE = 500;

/** How far the rows of a kind have been read: in which site, after which of them. */
export interface RowCursor {
  /** Of kinds that are read by site: which one; `null` before the first. A site that comes or goes meanwhile moves no other. */
  site: string | null;
  /** What the last row was ordered by; `null` before the first. */
  after: (string | number)[] | null;
}

export const FIRST_ROW: RowCursor = { site: null, after: null };

/** The next site that has any rows of a kind, by id; `siteIds` are those an export is of, `null` all. */
async function siteAfter(
  ctx: Ctx,
  { table, siteId }: Kind,
  { siteIds, last }: { siteIds: readonly string[] | null; last: string | null },
): Promise<string | null> {
  const hasRows = sql`EXISTS (SELECT 1 FROM ${table} WHERE ${siteId} = ${sites.id})`;
  const isAfter = last === null ? undefined : gt(sites.id, last);
  const [next] = await ctx.db
    .select({ id: sites.id })
    .from(sites)
    .where(scoped(ctx, sites, ofSites(sites.id, siteIds), isAfter, hasRows))
    .orderBy(asc(sites.id))
    .limit(1);
  return next?.id ?? null;
}

/** Rows that are read by an index, from where the last ones ended. */
async function rowsAfter(ctx: Ctx, kind: Kind, of: SQL | undefined, after: RowCursor["after"], limit: number) {
  const { table, order } = kind;
  const key = sql.join(
    order.map((column) => sql`${column}`),
    sql`, `,
  );
  const isAfter =
    after &&
    sql`(${key}) > (${sql.join(
      after.map((it) => sql`${it}`),
      sql`, `,
    )})`;
  const where = scoped(ctx, table, of, isAfter ?? undefined);
  const wanted = { where, order: order.map((column) => asc(column)), limit };
  const sized = fitting(await sizedRows(ctx.db, table, wanted));
  const rows = await wholeRows<ArchivedRow>(ctx.db, { table, id: table.id, where }, sized as never);
  const last = (sized.at(-1) as { row: Record<string, unknown> } | undefined)?.row;
  const fields = order.map((column) => Object.entries(table).find(([, it]) => it === column)?.[0] as string);
  return { rows, last: last ? fields.map((field) => last[field] as string | number) : null, read: sized.length };
}

/** The next rows of a kind, as many as one file takes; `next` is `null` when they are the last. */
export async function nextRows(
  ctx: Ctx,
  kind: Kind,
  { siteIds, cursor }: { siteIds: readonly string[] | null; cursor: RowCursor },
): Promise<{ rows: ArchivedRow[]; next: RowCursor | null }> {
  if (kind.ofWorkspace) {
    const { rows, last } = await rowsAfter(ctx, kind, ofSites(kind.siteId, siteIds), cursor.after, ROWS_AT_ONCE);
    return { rows, next: last ? { site: null, after: last } : null };
  }
  let { site, after } = cursor;
  for (;;) {
    if (after === null) site = await siteAfter(ctx, kind, { siteIds, last: site });
    if (site === null) return { rows: [], next: null };
    const found = await rowsAfter(ctx, kind, eq(kind.siteId, site), after, ROWS_AT_ONCE);
    if (found.read > 0) return { rows: found.rows, next: { site, after: found.last } };
    after = null;
  }
}

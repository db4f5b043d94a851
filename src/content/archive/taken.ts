import { and, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { freeSlug } from "../../core/storage/slug.ts";
import { isListed, scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { ArchivedRow, Kind } from "./kind.ts";
import { isSite } from "./place.ts";

/** Which of these rows are here already. */
export async function existingIds(
  ctx: Ctx,
  { table }: Kind,
  rows: readonly ArchivedRow[],
): Promise<Set<string | number>> {
  const found = await ctx.db
    .select({ id: table.id })
    .from(table as SQLiteTable)
    .where(
      scoped(
        ctx,
        table,
        isListed(
          table.id,
          rows.map(({ id }) => id),
        ),
      ),
    );
  return new Set(found.map(({ id }) => id as string | number));
}

const columnNamed = (kind: Kind, field: string): SQLiteColumn =>
  (kind.table as unknown as Record<string, SQLiteColumn>)[field] as SQLiteColumn;

/** Whether a slug is taken where a row is to stand: of a website among all there are, of anything else in its website. */
function isTaken(ctx: Ctx, kind: Kind, row: ArchivedRow, slug: SQL | string): SQL {
  const { column, beside } = kind.slug as NonNullable<Kind["slug"]>;
  const same = beside.map((field) => eq(columnNamed(kind, field), row[field]));
  if (isSite(kind)) {
    return sql`SELECT 1 FROM ${sites} WHERE ${sites.environment} = ${ctx.caller.environment} AND ${column} = ${slug}`;
  }
  const there =
    row.siteId === null ? scoped(ctx, kind.table as never, isNull(kind.siteId)) : eq(kind.siteId, row.siteId);
  return sql`SELECT 1 FROM ${kind.table} WHERE ${and(there, ...same)} AND ${column} = ${slug}`;
}

/** Rows whose slugs nobody has: one that is taken, by another row or by one of these, is numbered. */
export async function withFreeSlugs(ctx: Ctx, kind: Kind, rows: readonly ArchivedRow[]): Promise<ArchivedRow[]> {
  if (!kind.slug) return [...rows];
  const placeOf = (row: ArchivedRow, slug: unknown) =>
    JSON.stringify([isSite(kind) ? null : row.siteId, ...(kind.slug?.beside ?? []).map((field) => row[field]), slug]);
  const suspects = await takenAmong(ctx, kind, rows);
  const seen = new Set<string>();
  const result: ArchivedRow[] = [];
  for (const row of rows) {
    let slug = row.slug as string;
    if (suspects.has(slug)) {
      const free = { base: slug, id: String(row.id), isTaken: (it: SQL) => isTaken(ctx, kind, row, it) };
      slug = await freeSlug(ctx, free);
    }
    for (let n = 2; seen.has(placeOf(row, slug)); n += 1) slug = `${row.slug}-${n}`;
    seen.add(placeOf(row, slug));
    result.push(slug === row.slug ? row : { ...row, slug });
  }
  return result;
}

/** Slugs of these rows that some row has already where one of these is to stand. */
async function takenAmong(ctx: Ctx, kind: Kind, rows: readonly ArchivedRow[]): Promise<Set<string>> {
  const { column } = kind.slug as NonNullable<Kind["slug"]>;
  const slugs = rows.map(({ slug }) => slug);
  const siteIds = [...new Set(rows.map(({ siteId }) => siteId))];
  const there = isSite(kind)
    ? eq(sites.environment, ctx.caller.environment)
    : scoped(
        ctx,
        kind.table,
        or(isListed(kind.siteId, siteIds), siteIds.includes(null) ? isNull(kind.siteId) : undefined),
      );
  const found = await ctx.db
    .select({ slug: column })
    .from(kind.table as SQLiteTable)
    .where(and(there, isListed(column, slugs)));
  return new Set(found.map(({ slug }) => slug as string));
}

/** Domains of new websites that another one has proven: those come without. */
export async function withoutTakenDomains(ctx: Ctx, rows: readonly ArchivedRow[]): Promise<ArchivedRow[]> {
  const named = rows.map(({ domain }) => domain).filter((it) => it !== null);
  if (named.length === 0) return [...rows];
  const isProven = and(eq(sites.environment, ctx.caller.environment), isNotNull(sites.domainVerifiedAt));
  const found = await ctx.db
    .select({ domain: sites.domain })
    .from(sites)
    .where(and(isProven, isListed(sites.domain, named)));
  const taken = new Set(found.map(({ domain }) => domain));
  const none = { domain: null, domainClaimedAt: null, domainVerifiedAt: null, domainCheckAt: null };
  return rows.map((row) => (taken.has(row.domain as string) ? { ...row, ...none } : row));
}

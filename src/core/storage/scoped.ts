import { and, eq, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Environment } from "../keys/key-format.ts";

/** Says whose data is meant, as every call's context does. */
export interface Tenanted {
  caller: { workspaceId: number; environment: Environment };
}

interface TenantTable {
  workspaceId: SQLiteColumn;
  environment: SQLiteColumn;
}

/** The condition every read of tenant data starts from: the caller's workspace and environment, and what is asked of them. */
export function scoped(ctx: Tenanted, table: TenantTable, ...conditions: (SQL | undefined)[]): SQL {
  const { workspaceId, environment } = ctx.caller;
  return and(eq(table.workspaceId, workspaceId), eq(table.environment, environment), ...conditions) as SQL;
}

/** Whether a column has one of these values. One parameter, however many there are (D1 takes 100). */
export const isListed = (column: SQLiteColumn, values: readonly unknown[]): SQL =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** Whether a row is of one of these sites; `null` is no limit. */
export const ofSites = (siteId: SQLiteColumn, siteIds: readonly string[] | null): SQL | undefined =>
  siteIds === null ? undefined : isListed(siteId, siteIds);

/** The same condition for a prepared query, which is run with `scopeOf(ctx)`. */
export const scopedByName = (table: TenantTable, ...conditions: SQL[]): SQL =>
  and(
    eq(table.workspaceId, sql.placeholder("workspaceId")),
    eq(table.environment, sql.placeholder("environment")),
    ...conditions,
  ) as SQL;

export const scopeOf = ({ caller }: Tenanted): { workspaceId: number; environment: string } => ({
  workspaceId: caller.workspaceId,
  environment: caller.environment,
});

/** The tenant columns of a new row. */
export const ownedBy = (ctx: Tenanted) => ({
  workspaceId: ctx.caller.workspaceId,
  environment: ctx.caller.environment,
});

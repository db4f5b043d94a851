import { and, eq, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../context.ts";

interface TenantTable {
  workspaceId: SQLiteColumn;
  environment: SQLiteColumn;
}

/** The condition every read of tenant data starts from: the caller's workspace and environment, and what is asked of them. */
export function scoped(ctx: Ctx, table: TenantTable, ...conditions: (SQL | undefined)[]): SQL {
  const { workspaceId, environment } = ctx.caller;
  return and(eq(table.workspaceId, workspaceId), eq(table.environment, environment), ...conditions) as SQL;
}

/** The tenant columns of a new row. */
export const ownedBy = (ctx: Ctx) => ({
  workspaceId: ctx.caller.workspaceId,
  environment: ctx.caller.environment,
});

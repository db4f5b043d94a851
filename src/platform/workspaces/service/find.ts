import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { accounts, workspaces } from "../../../core/tenancy/workspaces/table.ts";

export type WorkspaceRow = typeof workspaces.$inferSelect;

/** The caller's own workspace. */
const own = alias(workspaces, "own");

/** Workspaces of the caller's account; the account is the one thing a key reaches beyond its own workspace. */
export const ofAccount = (ctx: Ctx, ...conditions: (SQL | undefined)[]): SQL =>
  and(
    sql`${workspaces.accountId} = (SELECT ${own.accountId} FROM ${workspaces} AS ${own} WHERE ${own.id} = ${ctx.caller.workspaceId})`,
    ...conditions,
  ) as SQL;

/** A workspace of the caller's account that is not deleted. */
export async function findWorkspace(ctx: Ctx, workspaceId: number): Promise<WorkspaceRow> {
  const [row] = await ctx.db
    .select()
    .from(workspaces)
    .where(ofAccount(ctx, eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt)));
  if (!row) throw notFound("Workspace");
  return row;
}

/** The account that pays for the caller's workspace. */
export async function findAccount(ctx: Ctx): Promise<typeof accounts.$inferSelect> {
  const [row] = await ctx.db
    .select({ account: accounts })
    .from(accounts)
    .innerJoin(workspaces, eq(workspaces.accountId, accounts.id))
    .where(eq(workspaces.id, ctx.caller.workspaceId));
  if (!row) throw notFound("Account");
  return row.account;
}

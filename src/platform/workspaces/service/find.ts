import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { boundsOf } from "../../../core/access/caller.ts";
import { DomainError, notFound } from "../../../core/errors.ts";
import { accounts, workspaces } from "../../../core/tenancy/workspaces/table.ts";

export type WorkspaceRow = typeof workspaces.$inferSelect;

/** The caller's own workspace. */
const own = alias(workspaces, "own");

/** Whether the caller reaches the other workspaces of its account: a key that was given it, and work of ours. */
export const hasAccountAccess = ({ caller }: Ctx): boolean => boundsOf(caller)?.accountAccess !== false;

/** Refuses what is about the account to a key that is kept to its workspace; `deed` says what. */
export function requireAccountAccess(ctx: Ctx, deed: string): void {
  if (hasAccountAccess(ctx)) return;
  throw new DomainError("forbidden", `An API key without account_access cannot ${deed}.`, { reason: "account_access" });
}

/** Workspaces the caller reaches: those of its account with `account_access`, else its own alone. */
export const ofAccount = (ctx: Ctx, ...conditions: (SQL | undefined)[]): SQL =>
  and(
    hasAccountAccess(ctx) ? undefined : eq(workspaces.id, ctx.caller.workspaceId),
    sql`${workspaces.accountId} = (SELECT ${own.accountId} FROM ${workspaces} AS ${own} WHERE ${own.id} = ${ctx.caller.workspaceId})`,
    ...conditions,
  ) as SQL;

/** A workspace the caller reaches that is not deleted. */
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

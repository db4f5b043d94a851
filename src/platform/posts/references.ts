import { and, eq } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { users } from "../../core/tenancy/users/table.ts";

/** Whether somebody is a member of the workspace: only they write posts. */
export async function isMember(ctx: Ctx, userId: number): Promise<boolean> {
  const isIt = and(eq(users.id, userId), eq(users.workspaceId, ctx.caller.workspaceId));
  const [member] = await ctx.db.select({ id: users.id }).from(users).where(isIt);
  return member !== undefined;
}

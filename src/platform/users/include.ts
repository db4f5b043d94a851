import { and, eq, inArray, min } from "drizzle-orm";
import { isListed } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { UserRow } from "./service.ts";
import { users } from "../../core/tenancy/users/table.ts";

/** The member that owns each workspace, the first where it has several. */
export async function ownersById<Shown>(
  ctx: Ctx,
  rows: Record<string, unknown>[],
  show: (user: UserRow) => Shown,
): Promise<Map<unknown, Shown>> {
  const isTheirs = and(
    isListed(
      users.workspaceId,
      rows.map(({ id }) => id),
    ),
    eq(users.role, "owner"),
  );
  const first = ctx.db
    .select({ id: min(users.id) })
    .from(users)
    .where(isTheirs)
    .groupBy(users.workspaceId);
  const found = await ctx.db.select().from(users).where(inArray(users.id, first));
  return new Map(found.map((user) => [user.workspaceId, show(user)]));
}

/** The members that rows name by `column`, keyed by the rows' ids: for `include`. One query, whatever the page's size. */
export async function membersById<Shown>(
  ctx: Ctx,
  rows: Record<string, unknown>[],
  column: string,
  show: (user: UserRow) => Shown,
): Promise<Map<unknown, Shown>> {
  const ids = [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))];
  const named = and(eq(users.workspaceId, ctx.caller.workspaceId), isListed(users.id, ids));
  const found = new Map((await ctx.db.select().from(users).where(named)).map((user) => [user.id, show(user)]));
  const pairs = rows.map((row) => [row.id, found.get(row[column] as number)] as const);
  return new Map(pairs.filter((pair): pair is readonly [unknown, Shown & {}] => pair[1] !== undefined));
}

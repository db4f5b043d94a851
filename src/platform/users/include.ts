import { and, eq } from "drizzle-orm";
import { isListed } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { UserRow } from "./service.ts";
import { users } from "./table.ts";

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

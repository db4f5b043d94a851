import { eq, type SQL } from "drizzle-orm";
import { trash } from "../../core/storage/history/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";

/** Something in the trash, as stored. */
export type Trashed = typeof trash.$inferSelect;

/** Something in the trash by the id it had; `where` says which list it must be in. */
export async function findTrashed(ctx: Ctx, id: string, where: SQL | undefined): Promise<Trashed | undefined> {
  const [row] = await ctx.db
    .select()
    .from(trash)
    .where(scoped(ctx, trash, eq(trash.id, id), where));
  return row;
}

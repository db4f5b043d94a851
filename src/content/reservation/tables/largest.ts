import { and, eq, sql } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { reservationTables as tables } from "./table.ts";

/** How many people the largest table in use is for; 0 where none is. It reads one row of an index. */
export async function largestTable(ctx: Pick<Ctx, "db" | "caller">, siteId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ capacity: sql<number | null>`max(${tables.capacity})` })
    .from(tables)
    .where(scoped(ctx, tables, and(eq(tables.siteId, siteId), eq(tables.active, true))));
  return row?.capacity ?? 0;
}

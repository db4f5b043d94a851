import { and, sql } from "drizzle-orm";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { figuresAt } from "../ledger/fold.ts";
import { lots } from "../ledger/lots.ts";
import type { MemberRow } from "./table.ts";

/** Members as they are at this moment: what has become active since their rows were written counts, what has expired does not. */
export async function membersNow<Row extends MemberRow>(ctx: Ctx, rows: Row[]): Promise<Row[]> {
  const due = rows.filter(({ changesAt }) => changesAt !== null && changesAt <= ctx.now).map(({ id }) => id);
  if (due.length === 0) return rows;
  const { points, pendingPoints } = figuresAt(ctx.now);
  const found = await ctx.db
    .select({ id: lots.memberId, points, pendingPoints })
    .from(lots)
    .where(scoped(ctx, lots, and(isListed(lots.memberId, due), sql`${lots.remaining} > 0`)))
    .groupBy(lots.memberId);
  const now = new Map(found.map(({ id, ...figures }) => [id, figures]));
  return rows.map((row) => (due.includes(row.id) ? { ...row, points: 0, pendingPoints: 0, ...now.get(row.id) } : row));
}

/** The same of one. */
export async function memberNow(ctx: Ctx, row: MemberRow): Promise<MemberRow> {
  const [now] = await membersNow(ctx, [row]);
  return now as MemberRow;
}

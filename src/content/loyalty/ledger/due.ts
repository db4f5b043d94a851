import { asc, lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { inSteps } from "../../../core/storage/purge.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Env } from "../../../env.ts";
import { members } from "../members/table.ts";
import { settleMembers } from "./settle.ts";

/** Members that one step settles. */
const MEMBERS_AT_ONCE = 100;

/**
 * Enters what has expired and counts what has become active, whoever's it is: the minute's work. Nobody waits for it, since
 * reads tell the points of their own moment. Answers whether there may be more.
 */
export function settleDue(env: Env, now: number): Promise<boolean> {
  const { id, siteId, workspaceId, environment } = members;
  return inSteps(async () => {
    const due = await databaseOf(env, 0)
      .select({ id, siteId, workspaceId, environment })
      .from(members)
      .where(lte(members.changesAt, now))
      .orderBy(asc(members.changesAt))
      .limit(MEMBERS_AT_ONCE);
    for (const some of Object.values(Object.groupBy(due, (it) => it.siteId))) {
      const [first] = some as typeof due;
      if (!first) continue;
      const ctx = jobContext(env, first, "job:loyalty", now);
      settleMembers(
        ctx,
        first.siteId,
        (some as typeof due).map((it) => it.id),
      );
      await ctx.unit.commit();
    }
    return due.length;
  });
}

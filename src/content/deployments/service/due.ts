import { and, eq, lte } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { jobContext } from "../../../core/job-context.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { findSite } from "../../sites/service.ts";
import { deployments } from "../table.ts";
import { completeDeployment, cooldownEnd } from "./publish.ts";

const BATCH = 50;

/** Carries out the queued publishes whose cooldown has ended. Safe to run twice at once: the commit's guard picks one. */
export async function publishDue(env: Env, now: number): Promise<number> {
  const due = await databaseOf(env, 0)
    .select()
    .from(deployments)
    .where(and(eq(deployments.status, "scheduled"), lte(deployments.scheduledAt, now)))
    .limit(BATCH);
  let published = 0;
  for (const row of due) {
    const ctx = jobContext(env, row, "job:publish", now);
    const end = await cooldownEnd(ctx, row.siteId);
    if (end === null) await completeDeployment(ctx, await findSite(ctx, row.siteId), row);
    // Somebody published meanwhile: the queued publish waits for the next end.
    else ctx.unit.stage(ctx.db.update(deployments).set({ scheduledAt: end }).where(eq(deployments.id, row.id)));
    try {
      await ctx.unit.commit();
      published += end === null ? 1 : 0;
    } catch (error) {
      // Another run was faster, or the pages changed just now: the row is still due and is picked up again.
      if (!(error instanceof ConcurrentChange)) throw error;
    }
  }
  return published;
}

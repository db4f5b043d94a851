import { and, eq, gt, lte, min } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { jobContext } from "../../../core/job-context.ts";
import type { Tenant } from "../../../core/scheduler.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { findSite } from "../../sites/service.ts";
import { deployments } from "../table.ts";
import { completeDeployment, cooldownEnd } from "./publish.ts";

const BATCH = 50;

/**
 * Carries out the queued publishes whose cooldown has ended. Safe to run twice at once: the commit's guard picks one.
 * One that fails does not keep the others waiting; its error is thrown when all have had their turn.
 */
export async function publishDue(env: Env, now: number): Promise<number> {
  const due = await databaseOf(env, 0)
    .select()
    .from(deployments)
    .where(and(eq(deployments.status, "scheduled"), lte(deployments.scheduledAt, now)))
    .limit(BATCH);
  let published = 0;
  const failures: unknown[] = [];
  for (const row of due) {
    try {
      if (await publishOne(env, row, now)) published += 1;
    } catch (error) {
      // Another run was faster, or the pages changed just now: the row is still due and is picked up again.
      if (!(error instanceof ConcurrentChange)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return published;
}

/** The same for the scheduler of one workspace; answers when its next queued publish is due. */
export async function publishDueNext(
  env: Env,
  now: number,
  { workspaceId, environment }: Tenant,
): Promise<number | null> {
  await publishDue(env, now);
  const isNext = and(
    eq(deployments.status, "scheduled"),
    eq(deployments.workspaceId, workspaceId),
    eq(deployments.environment, environment),
    gt(deployments.scheduledAt, now),
  );
  const [next] = await databaseOf(env, workspaceId)
    .select({ at: min(deployments.scheduledAt) })
    .from(deployments)
    .where(isNext);
  return next?.at ?? null;
}

async function publishOne(env: Env, row: typeof deployments.$inferSelect, now: number): Promise<boolean> {
  const ctx = jobContext(env, row, "job:publish", now);
  const end = await cooldownEnd(ctx, row.siteId);
  if (end === null) await completeDeployment(ctx, await findSite(ctx, row.siteId), row);
  // Somebody published meanwhile: the queued publish waits for the next end.
  else ctx.unit.stage(ctx.db.update(deployments).set({ scheduledAt: end }).where(eq(deployments.id, row.id)));
  await ctx.unit.commit();
  return end === null;
}

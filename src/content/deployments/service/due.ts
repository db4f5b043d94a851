import { and, eq, isNotNull, lte, min, or, type SQL } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Tenant } from "../../../core/work/scheduler.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { pages } from "../../pages/table.ts";
import { findSite } from "../../sites/service.ts";
import { deployments } from "../table.ts";
import { continueBuilding, startDeployment } from "./build.ts";
import { cooldownEnd } from "./cooldown.ts";
import { publishDuePages } from "./due-pages.ts";
import { type DeploymentRow, stageDeployment } from "./row.ts";
import { stageCancelled } from "./schedule.ts";

const BATCH = 50;

const isBuilding = eq(deployments.status, "building");

/**
 * Carries out the queued publishes whose cooldown has ended, and goes on with those being built. Safe to run twice at
 * once: the commit's guard picks one. One that fails does not keep the others waiting; its error is thrown when all have
 * had their turn.
 */
export async function publishDue(env: Env, now: number, ofTenant?: SQL): Promise<void> {
  const isDue = and(eq(deployments.status, "scheduled"), lte(deployments.scheduledAt, now));
  const due = await databaseOf(env, 0)
    .select()
    .from(deployments)
    .where(and(ofTenant, or(isDue, isBuilding)))
    .limit(BATCH);
  const failures: unknown[] = [];
  for (const row of due) {
    try {
      await publishOne(env, row, now);
    } catch (error) {
      // Another run was faster, or the pages changed just now: the row is still due and is picked up again.
      if (!(error instanceof ConcurrentChange)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** The same for the scheduler of one workspace; answers when its next publish is due, or goes on. */
export async function publishDueNext(
  env: Env,
  now: number,
  { workspaceId, environment }: Tenant,
): Promise<number | null> {
  const ofTenant = and(eq(deployments.workspaceId, workspaceId), eq(deployments.environment, environment)) as SQL;
  const ownPages = and(eq(pages.workspaceId, workspaceId), eq(pages.environment, environment)) as SQL;
  const pagesDone = publishDuePages(env, now, ownPages);
  // What is queued does not wait for a page that cannot be published.
  await pagesDone.catch(() => {});
  await publishDue(env, now, ofTenant);
  await pagesDone;
  const [page] = await databaseOf(env, workspaceId)
    .select({ at: min(pages.publishAt) })
    .from(pages)
    .where(and(ownPages, isNotNull(pages.publishAt), eq(pages.status, "draft")));
  const [next] = await databaseOf(env, workspaceId)
    .select({ status: deployments.status, at: min(deployments.scheduledAt) })
    .from(deployments)
    .where(and(ofTenant, or(eq(deployments.status, "scheduled"), isBuilding)))
    .groupBy(deployments.status)
    .orderBy(deployments.status);
  if (next?.status === "building") return now;
  const moments = [next?.at, page?.at].filter((at) => typeof at === "number");
  return moments.length > 0 ? Math.min(...moments) : null;
}

async function publishOne(env: Env, row: DeploymentRow, now: number): Promise<void> {
  const ctx = jobContext(env, row, "job:publish", now);
  const site = await findSite(ctx, row.siteId);
  // Pages whose time has come are shown where the website is: they do not bring back one its owner has taken away.
  if (row.onlyPages !== null && site.status !== "published") stageCancelled(ctx, row);
  else if (row.status === "building") await continueBuilding(ctx, site, row);
  else {
    const end = await cooldownEnd(ctx, row.siteId);
    // Somebody published meanwhile: the queued publish waits for the next end.
    if (end !== null) stageDeployment(ctx, { ...row, scheduledAt: end }, row);
    else await startDeployment(ctx, site, row, row);
  }
  await ctx.unit.commit();
}

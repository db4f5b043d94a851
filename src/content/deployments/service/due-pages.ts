import { and, eq, lte, type SQL } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import type { Env } from "../../../env.ts";
import { updatePage } from "../../pages/service/update.ts";
import { pages } from "../../pages/table.ts";
import { findSite } from "../../sites/service.ts";
import { cooldownEnd } from "./cooldown.ts";
import { schedulePublish } from "./schedule.ts";

const BATCH = 50;

type DuePage = Pick<typeof pages.$inferSelect, "id" | "siteId" | "workspaceId" | "environment">;

/**
 * Publishes the drafts whose `publishAt` has come. On a website that is live a publish of these pages alone is queued for
 * now, or for the end of the cooldown: what else has been changed there waits until somebody publishes it.
 */
export async function publishDuePages(env: Env, now: number, ofTenant?: SQL): Promise<void> {
  const due = await databaseOf(env, 0)
    .select({ id: pages.id, siteId: pages.siteId, workspaceId: pages.workspaceId, environment: pages.environment })
    .from(pages)
    .where(and(ofTenant, lte(pages.publishAt, now), eq(pages.status, "draft")))
    .limit(BATCH);
  const failures: unknown[] = [];
  for (const ofSite of Map.groupBy(due, ({ siteId }) => siteId).values()) {
    try {
      await publishPages(env, ofSite, now);
    } catch (error) {
      // Somebody changed one of them just now: they are still due.
      if (!(error instanceof ConcurrentChange)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function publishPages(env: Env, due: DuePage[], now: number): Promise<void> {
  const [{ siteId }] = due as [DuePage];
  const ctx = jobContext(env, due[0] as DuePage, "job:publish-at", now);
  const site = await findSite(ctx, siteId);
  for (const { id: pageId } of due) {
    await updatePage({ ctx, input: { siteId, pageId, changes: { status: "published" }, expectedVersions: null } });
  }
  if (site.liveDeploymentId !== null && site.status === "published") {
    const at = (await cooldownEnd(ctx, siteId)) ?? now;
    await schedulePublish(
      ctx,
      site,
      at,
      due.map(({ id }) => id),
    );
  }
  await ctx.unit.commit();
}

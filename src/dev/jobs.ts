import { eq } from "drizzle-orm";
import { GENERATE_JOB } from "../content/ai/job.ts";
import { newJob } from "../content/jobs/service/start.ts";
import { jobs } from "../content/jobs/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const DAY_MS = 24 * 3_600_000;

/** A job that is over, for the list to have one: it has written the demo's draft. Nobody carries it out. */
export async function ensureJob(
  env: Env,
  tenant: Tenant,
  { siteId, pageId }: { siteId: string; pageId: string },
  now: number,
): Promise<void> {
  const ctx = tenantContext(env, tenant, now - DAY_MS);
  const [found] = await ctx.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(scoped(ctx, jobs, eq(jobs.siteId, siteId)))
    .limit(1);
  if (found) return;
  const input = { prompt: "How to order bread for Christmas", locale: "en" };
  const usage = { inputTokens: 612, outputTokens: 288, totalTokens: 900 };
  const at = { startedAt: ctx.now, finishedAt: ctx.now + 8_000, updatedAt: ctx.now + 8_000 };
  const over = {
    status: "succeeded",
    progress: 100,
    result: { pageId, title: "Christmas orders", slug: "christmas-orders", locale: "en", usage },
    version: 4,
    dueAt: null,
    step: null,
  } as const;
  ctx.unit.stage(
    ctx.db.insert(jobs).values({ ...newJob(ctx, GENERATE_JOB, { siteId, input, step: "" }), ...at, ...over }),
  );
  await ctx.unit.commit();
}

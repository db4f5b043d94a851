import { and, asc, eq, lte, min } from "drizzle-orm";
import { ConcurrentChange, DomainError } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Tenant } from "../../../core/work/scheduler.ts";
import type { Env } from "../../../env.ts";
import { begin } from "./begin.ts";
import { CAMPAIGNS } from "./resource.ts";
import { type CampaignRow, campaigns } from "./table.ts";

/** Campaigns begun by one run; the next one goes on. */
const LIMIT = 10;
/** When one that could not begin is tried again: too much is under way already. */
const AGAIN_MS = 60_000;

async function beginOne(env: Env, campaign: CampaignRow, now: number): Promise<void> {
  const ctx = jobContext(env, campaign, "job:campaigns", now);
  await CAMPAIGNS.verbs.change(ctx, campaign, begin(ctx, campaign));
  await ctx.unit.commit();
}

/**
 * Begins to send the campaigns whose time has come. Safe to run twice at once: the version of a campaign lets one of both
 * begin. Answers when to look again; `null` when none is scheduled.
 */
export async function beginDueCampaigns(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const { scheduledAt, status, workspaceId, environment } = campaigns;
  const ofTenant = tenant && and(eq(workspaceId, tenant.workspaceId), eq(environment, tenant.environment));
  const isScheduled = and(ofTenant, eq(status, "scheduled"));
  const due = await db
    .select()
    .from(campaigns)
    .where(and(isScheduled, lte(scheduledAt, now)))
    .orderBy(asc(scheduledAt))
    .limit(LIMIT);
  const failures: unknown[] = [];
  for (const campaign of due) {
    try {
      await beginOne(env, campaign, now);
    } catch (error) {
      // It was changed just now, or has to wait for other work.
      if (!(error instanceof ConcurrentChange || error instanceof DomainError)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  const [next] = await db
    .select({ at: min(scheduledAt) })
    .from(campaigns)
    .where(isScheduled);
  if (next?.at == null) return null;
  return next.at <= now ? now + AGAIN_MS : next.at;
}

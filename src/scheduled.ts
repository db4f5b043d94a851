import { carryOver } from "./analytics/earlier.ts";
import { purgeSalts } from "./analytics/visitor.ts";
import { expireHolds } from "./content/booking/bookings/due.ts";
import { collectArchives } from "./content/archive/bucket.ts";
import { collectObjects } from "./content/deployments/service/collect.ts";
import { publishDuePages } from "./content/deployments/service/due-pages.ts";
import { publishDue } from "./content/deployments/service/due.ts";
import { settleDue } from "./content/loyalty/ledger/due.ts";
import { collectMedia } from "./content/media/service/collect.ts";
import { sweepJobs } from "./content/jobs/engine/sweep.ts";
import { beginDueCampaigns } from "./content/push/campaigns/due.ts";
import { endLapsed } from "./content/reservation/due.ts";
import { cancelOverdue } from "./content/shop/orders/due.ts";
import { verifyDomains } from "./content/sites/verify-domains.ts";
import { recordHealth } from "./content/health/service.ts";
import { Unmigrated } from "./core/errors.ts";
import { log } from "./core/http/log.ts";
import { foldRows } from "./core/storage/fold-rows.ts";
import { isUnmigrated } from "./core/storage/constraints.ts";
import type { Env } from "./env.ts";
import { announceExpiringKeys } from "./platform/api-keys/service/expiring.ts";
import { purgeDeletedWorkspaces } from "./platform/workspaces/service/purge.ts";
import { isFullHour, RETENTION } from "./retention.ts";
import { deliverMails } from "./mail/deliver.ts";
import { pauseAbandoned } from "./webhooks/disable.ts";
import { advanceReplays } from "./webhooks/service/replay.ts";
import { sweep } from "./webhooks/sweep.ts";

const JOBS: Record<string, (env: Env, now: number) => Promise<unknown>> = {
  publishDuePages: (env, now) => publishDuePages(env, now),
  publishDue: (env, now) => publishDue(env, now),
  collectObjects,
  collectArchives: async (env, now) => (isFullHour(now) ? collectArchives(env, now) : undefined),
  collectMedia,
  settleDue,
  verifyDomains: (env, now) => verifyDomains(env, now),
  cancelOverdue: (env, now) => cancelOverdue(env, now),
  beginDueCampaigns: (env, now) => beginDueCampaigns(env, now),
  expireHolds: (env, now) => expireHolds(env, now),
  endLapsed: (env, now) => endLapsed(env, now),
  sweepJobs: (env, now) => sweepJobs(env, now),
  deliverMails: (env, now) => deliverMails(env, now),
  sweepWebhooks: (env, now) => sweep(env, now),
  advanceReplays: (env, now) => advanceReplays(env, now),
  pauseAbandoned: (env, now) => pauseAbandoned(env, now),
  ...RETENTION,
  recordHealth,
  purgeDeletedWorkspaces,
  purgeSalts,
  carryOver,
  announceExpiringKeys,
  foldRows: (env) => foldRows(env),
};

/** The minute's work. Each job runs whatever becomes of the others; a failure is logged and tried again next minute. */
export async function runScheduled(env: Env, now: number): Promise<void> {
  for (const [job, run] of Object.entries(JOBS)) {
    try {
      await run(env, now);
    } catch (error) {
      const detail = isUnmigrated(error) ? new Unmigrated().message : String(error).slice(0, 500);
      log(env.LOG_LEVEL, "error", { message: "job failed", job, detail });
    }
  }
}

import { app } from "./app.ts";
import { publishDueNext } from "./content/deployments/service/due.ts";
import { sweepJobs } from "./content/jobs/engine/sweep.ts";
import { beginDueCampaigns } from "./content/push/campaigns/due.ts";
import { expireHolds } from "./content/booking/bookings/due.ts";
import { endLapsed } from "./content/reservation/due.ts";
import { cancelOverdue } from "./content/shop/orders/due.ts";
import { deliverMails } from "./mail/deliver.ts";
import { now } from "./core/clock.ts";
import { onDue } from "./core/work/scheduler.ts";
import type { Env } from "./env.ts";
import { runQueue } from "./queue.ts";
import { goOnPurging } from "./retention.ts";
import { runScheduled } from "./scheduled.ts";
import { advanceReplays } from "./webhooks/service/replay.ts";
import { sweep } from "./webhooks/sweep.ts";

export { AnalyticsObject } from "./analytics/object/analytics-object.ts";
export { KeyObject } from "./core/access/key-object.ts";
export { IpObject } from "./core/limits/ip-object.ts";
export { LedgerObject } from "./core/limits/ledger-object.ts";
export { SchedulerObject } from "./core/work/scheduler.ts";
export { VaultObject } from "./core/vault.ts";

onDue(
  publishDueNext,
  sweepJobs,
  cancelOverdue,
  beginDueCampaigns,
  expireHolds,
  endLapsed,
  sweep,
  advanceReplays,
  deliverMails,
  goOnPurging,
);

export default {
  fetch: app.fetch,
  queue: runQueue,
  scheduled: (_controller, env) => runScheduled(env, now()),
} satisfies ExportedHandler<Env>;

import { lte } from "drizzle-orm";
import { purgeSubmissions } from "./content/forms/submissions/purge.ts";
import { purgeJobs } from "./content/jobs/purge.ts";
import { databaseOf } from "./core/storage/database.ts";
import { dropSome, inSteps } from "./core/storage/purge.ts";
import { idempotencyRecords } from "./core/storage/tables.ts";
import { purgeTrash, purgeVersions } from "./core/work/retention.ts";
import { schedulerOf, type Tenant } from "./core/work/scheduler.ts";
import { purgePreviews } from "./content/previews/service/expire.ts";
import type { Env } from "./env.ts";
import { purgeMessages } from "./content/mail/messages/purge.ts";
import { purgeUnconfirmed } from "./content/push/subscribers/purge.ts";
import { purgeMails } from "./mail/purge.ts";
import { purgeEvents } from "./platform/events/service.ts";
import { purgeWebhooks } from "./webhooks/service/purge.ts";

/** Drops what is no longer kept, as much as one run may; answers whether there may be more. */
type Purge = (env: Env, now: number) => Promise<boolean>;

function purgeIdempotencyRecords(env: Env, now: number): Promise<boolean> {
  const { keyId, idempotencyKey, expiresAt } = idempotencyRecords;
  const expired = { table: idempotencyRecords, key: [keyId, idempotencyKey], where: lte(expiresAt, now) };
  return inSteps(() => dropSome(databaseOf(env, 0), expired));
}

/** Events before what follows them. */
const PURGES: readonly Purge[] = [
  ...[purgeEvents, purgeWebhooks, purgeJobs, purgeIdempotencyRecords, purgePreviews],
  ...[purgeTrash, purgeVersions, purgeMails, purgeUnconfirmed, purgeMessages, purgeSubmissions],
];

/** Whose scheduler goes on with what a run has left: the one of no workspace. */
const NOBODY: Tenant = { workspaceId: 0, environment: "live" };
/** Between two runs the database is everybody else's. */
const PAUSE_MS = 1_000;

/** A purge as a job of the cron's: what it leaves goes on by itself. */
const asJob = (purge: Purge) => async (env: Env, now: number) => {
  if (await purge(env, now)) await schedulerOf(env, NOBODY.workspaceId, NOBODY.environment).wakeAt(now + PAUSE_MS);
};

export const isFullHour = (now: number): boolean => Math.floor(now / 60_000) % 60 === 0;

/** The minute's share of the cron; once an hour it looks at every endpoint as well. */
export const RETENTION = {
  purgeEvents: asJob(purgeEvents),
  purgeWebhooks: asJob((env, now) => purgeWebhooks(env, now, isFullHour(now))),
  purgeJobs: asJob(purgeJobs),
  purgeIdempotencyRecords: asJob(purgeIdempotencyRecords),
  purgeTrash: asJob(purgeTrash),
  purgeVersions: asJob(purgeVersions),
  purgeMessages: asJob(purgeMessages),
  purgeMails: asJob(purgeMails),
  purgeUnconfirmed: asJob(purgeUnconfirmed),
  purgePreviews: asJob(purgePreviews),
  purgeSubmissions: asJob(purgeSubmissions),
};

/** The scheduler's share: runs follow one another until nothing is left. */
export async function goOnPurging(env: Env, now: number, { workspaceId }: Tenant): Promise<number | null> {
  if (workspaceId !== NOBODY.workspaceId) return null;
  let isMore = false;
  for (const purge of PURGES) isMore = (await purge(env, now)) || isMore;
  return isMore ? now + PAUSE_MS : null;
}

import { gt, sql } from "drizzle-orm";
import type { Env } from "../../env.ts";
import { now } from "../../core/clock.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodKey } from "../../core/limits/period.ts";
import { isUnmigrated } from "../../core/storage/constraints.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { excluded } from "../../core/storage/names.ts";
import packageJson from "../../../package.json";
import { requireMigrated } from "./migrated.ts";
import { healthChecks } from "./table.ts";
import { type BackgroundWork, backgroundWork, type QueueBacklog, queueBacklogs } from "./work.ts";

export const VERSION: string = packageJson.version;

type Status = "operational" | "degraded";

export interface HealthReport {
  status: Status;
  services: Record<string, Status>;
  latency: Record<string, number>;
}

export interface DetailedReport extends HealthReport {
  /** Percent of the last 30 days' checks that passed, by service. */
  uptime: Record<string, number>;
  queues: Record<string, QueueBacklog | null>;
  /** `null` when it cannot be told. */
  work: BackgroundWork | null;
}

/** A report is shown again for this long, so that health checks cannot become a load of their own. */
const REPORT_TTL_MS = 5_000;
const UPTIME_DAYS = 30;

/** The same answer until it is too old. */
function kept<Value>(make: (env: Env, at: number) => Promise<Value>): (env: Env, at: number) => Promise<Value> {
  let last: { at: number; value: Value } | null = null;
  return async (env, at) => {
    if (!last || at - last.at >= REPORT_TTL_MS || at < last.at) last = { at, value: await make(env, at) };
    return last.value;
  };
}

const PROBES: Record<string, (env: Env, at: number) => Promise<unknown>> = {
  database: requireMigrated,
  keyIndex: async (env) => env.KEY_INDEX.get("health"),
  // Workspace 0 does not exist: its ledger answers without holding anything.
  limits: async (env, at) => ledgerOf(env, 0, "live").usage(periodKey("month", at)),
};

async function probe(env: Env, at: number): Promise<HealthReport> {
  const report: HealthReport = { status: "operational", services: {}, latency: {} };
  for (const [service, check] of Object.entries(PROBES)) {
    const start = now();
    const isUp = await check(env, at).then(
      () => true,
      (error) => {
        // A database that answers and lacks migrations is no outage: the answer tells what to do.
        if (isUnmigrated(error)) throw error;
        return false;
      },
    );
    report.services[service] = isUp ? "operational" : "degraded";
    report.latency[service] = now() - start;
    if (!isUp) report.status = "degraded";
  }
  return report;
}

/** Asks every dependency whether it answers. */
export const checkServices = kept(probe);

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What the cron's checks of the last 30 days found, and when the last of them was. */
async function history(env: Env, at: number): Promise<{ uptime: Record<string, number>; lastRunAt: number | null }> {
  const { service, passed, failed, checkedAt } = healthChecks;
  const results = await databaseOf(env, 0)
    .select({
      service,
      passed: sql<number>`sum(${passed})`,
      failed: sql<number>`sum(${failed})`,
      checkedAt: sql<number>`max(${checkedAt})`,
    })
    .from(healthChecks)
    .where(gt(healthChecks.day, day(at - UPTIME_DAYS * 86_400_000)))
    .groupBy(service);
  const percent = ({ passed, failed }: { passed: number; failed: number }) =>
    Math.round((10_000 * passed) / (passed + failed)) / 100;
  return {
    uptime: Object.fromEntries(results.map((row) => [row.service, percent(row)])),
    lastRunAt: Math.max(0, ...results.map((row) => row.checkedAt)) || null,
  };
}

/** The report with what is read from the records and the queues. What cannot be read is left out, not made up. */
export const checkInDetail = kept(async (env: Env, at: number): Promise<DetailedReport> => {
  const [report, queues, past] = await Promise.all([
    checkServices(env, at),
    queueBacklogs(env),
    history(env, at).catch(() => null),
  ]);
  const work = past && (await backgroundWork(env, at, past.lastRunAt));
  return { ...report, uptime: past?.uptime ?? {}, queues, work };
});

/** The cron's share: one check a minute, counted by day, so that uptime is measured rather than claimed. */
export async function recordHealth(env: Env, at: number): Promise<void> {
  const { services } = await probe(env, at);
  const checks = Object.entries(services).map(([service, status]) => {
    const passed = status === "operational" ? 1 : 0;
    return { service, day: day(at), passed, failed: 1 - passed, checkedAt: at };
  });
  const { passed, failed, checkedAt } = healthChecks;
  const set = {
    passed: sql`${passed} + ${excluded(passed)}`,
    failed: sql`${failed} + ${excluded(failed)}`,
    checkedAt: excluded(checkedAt),
  };
  const target = [healthChecks.service, healthChecks.day];
  await databaseOf(env, 0).insert(healthChecks).values(checks).onConflictDoUpdate({ target, set });
}

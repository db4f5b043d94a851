import type { Env } from "../../env.ts";
import { now } from "../../core/clock.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodKey } from "../../core/limits/period.ts";
import packageJson from "../../../package.json";

export const VERSION: string = packageJson.version;

type Status = "operational" | "degraded";

export interface HealthReport {
  status: Status;
  services: Record<string, Status>;
  latency: Record<string, number>;
  uptime: Record<string, number>;
  work: BackgroundWork | null;
}

/** What nobody is waiting for and somebody should look after. */
export interface BackgroundWork {
  /** Deliveries whose time has come (counted to 10,000), and since when the oldest waits. */
  webhooks: { due: number; oldestDueAt: number | null };
  /** When the minute's work last ran. */
  cron: { lastRunAt: number | null };
}

/** A report is shown again for this long, so that health checks cannot become a load of their own. */
const REPORT_TTL_MS = 5_000;
const UPTIME_DAYS = 30;
let last: { at: number; report: HealthReport } | null = null;

const PROBES: Record<string, (env: Env, at: number) => Promise<unknown>> = {
  database: async (env) => env.DB.prepare("SELECT 1").first(),
  keyIndex: async (env) => env.KEY_INDEX.get("health"),
  // Workspace 0 does not exist: its ledger answers without holding anything.
  limits: async (env, at) => ledgerOf(env, 0, "live").usage(periodKey("month", at)),
};

async function probe(env: Env, at: number): Promise<HealthReport> {
  const report: HealthReport = { status: "operational", services: {}, latency: {}, uptime: {}, work: null };
  for (const [service, check] of Object.entries(PROBES)) {
    const start = now();
    const isUp = await check(env, at).then(
      () => true,
      () => false,
    );
    report.services[service] = isUp ? "operational" : "degraded";
    report.latency[service] = now() - start;
    if (!isUp) report.status = "degraded";
  }
  return report;
}

/** Asks every dependency whether it answers. Uptime is read only for the detailed report. */
export async function checkServices(env: Env, at: number, { isDetailed = false } = {}): Promise<HealthReport> {
  if (!last || at - last.at >= REPORT_TTL_MS || at < last.at) last = { at, report: await probe(env, at) };
  if (!isDetailed) return last.report;
  const [percent, work] = await Promise.all([
    uptime(env, at).catch(() => ({})),
    backgroundWork(env, at).catch(() => null),
  ]);
  return { ...last.report, uptime: percent, work };
}

const MAX_COUNTED = 10_000;

async function backgroundWork(env: Env, at: number): Promise<BackgroundWork> {
  const due = env.DB.prepare(
    `SELECT count(*) AS due, min(max(next_attempt_at, created_at)) AS oldest FROM (SELECT next_attempt_at, created_at FROM webhook_deliveries
     WHERE next_attempt_at IS NOT NULL AND next_attempt_at <= ? LIMIT ${MAX_COUNTED})`,
  ).bind(at);
  const cron = env.DB.prepare("SELECT max(checked_at) AS at FROM health_checks WHERE day >= ?").bind(
    day(at - 86_400_000),
  );
  const [dueResult, cronResult] = await env.DB.batch<{ due: number; oldest: number | null; at: number | null }>([
    due,
    cron,
  ]);
  const { due: count = 0, oldest = null } = dueResult?.results[0] ?? {};
  return { webhooks: { due: count, oldestDueAt: oldest }, cron: { lastRunAt: cronResult?.results[0]?.at || null } };
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function uptime(env: Env, at: number): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    "SELECT service, sum(passed) AS passed, sum(failed) AS failed FROM health_checks WHERE day > ? GROUP BY service",
  )
    .bind(day(at - UPTIME_DAYS * 86_400_000))
    .all<{ service: string; passed: number; failed: number }>();
  return Object.fromEntries(
    results.map((row) => [row.service, Math.round((10_000 * row.passed) / (row.passed + row.failed)) / 100]),
  );
}

/** The cron's share: one check a minute, counted by day, so that uptime is measured rather than claimed. */
export async function recordHealth(env: Env, at: number): Promise<void> {
  const { services } = await probe(env, at);
  const sql = `INSERT INTO health_checks (service, day, passed, failed, checked_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (service, day) DO UPDATE SET passed = passed + excluded.passed, failed = failed + excluded.failed,
      checked_at = excluded.checked_at`;
  const counts = Object.entries(services).map(([service, status]) =>
    env.DB.prepare(sql).bind(service, day(at), status === "operational" ? 1 : 0, status === "operational" ? 0 : 1, at),
  );
  await env.DB.batch(counts);
}

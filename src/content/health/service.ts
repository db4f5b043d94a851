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
  const report: HealthReport = { status: "operational", services: {}, latency: {}, uptime: {} };
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
  return { ...last.report, uptime: await uptime(env, at).catch(() => ({})) };
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
  const sql = `INSERT INTO health_checks (service, day, passed, failed) VALUES (?, ?, ?, ?)
    ON CONFLICT (service, day) DO UPDATE SET passed = passed + excluded.passed, failed = failed + excluded.failed`;
  const counts = Object.entries(services).map(([service, status]) =>
    env.DB.prepare(sql).bind(service, day(at), status === "operational" ? 1 : 0, status === "operational" ? 0 : 1),
  );
  await env.DB.batch(counts);
}

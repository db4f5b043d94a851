import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { CommitListener } from "../work/unit-of-work.ts";
import { type DrawRequest, type Grant, Ledger, type LeaseRow, type Reservation } from "./ledger.ts";
import { DomainError } from "../errors.ts";
import { eventOf } from "../events/catalogue.ts";
import { newId } from "../ids.ts";
import { events } from "../storage/tables.ts";
import { jobContext } from "../work/job-context.ts";
import { METRICS, type Metric } from "./metric.ts";
import { periodEnd, periodKey } from "./period.ts";
import { type UsageNotice, UsageWatch } from "./usage-watch.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS leases (
  period TEXT, metric TEXT, holder TEXT, granted INTEGER, used INTEGER, rev INTEGER,
  PRIMARY KEY (period, metric, holder)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, calls INTEGER);
CREATE TABLE IF NOT EXISTS notices (key TEXT PRIMARY KEY, id TEXT, type TEXT, data TEXT, isSent INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, at INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reservations (
  id TEXT PRIMARY KEY, metric TEXT, period TEXT, amount INTEGER, expiresAt INTEGER
) WITHOUT ROWID;`;

/** When the table does not answer, notices are tried again after this. */
const NOTICE_RETRY_MS = 10_000;
/** How long a recorded id is remembered: as long as an Idempotency-Key (CONTRACT §3). */
const RECORD_KEPT_MS = 24 * 3_600_000;

/** The ledger of one workspace and environment as a Durable Object: storage and the calls to key objects around `Ledger`. */
export class LedgerObject extends DurableObject<Env> {
  private readonly ledger: Ledger;
  /** The newest version of the workspace that was announced. */
  private version: number;
  private readonly watch: UsageWatch;
  private countedPeriod = "";
  private counted = 0;
  /** The plan's allowances as last heard. */
  private readonly limits = new Map<Metric, number | null>();
  /** Holders that may have use to write: those that drew and have not come to rest. */
  private readonly active = new Set<string>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(SCHEMA);
    this.version = ctx.storage.kv.get<number>("version") ?? 0;
    this.ledger = new Ledger(
      ctx.storage.sql.exec("SELECT * FROM leases").toArray() as unknown as LeaseRow[],
      ctx.storage.sql.exec("SELECT * FROM reservations").toArray() as unknown as Reservation[],
    );
    const hours = ctx.storage.sql.exec("SELECT hour, calls FROM hours").toArray();
    this.watch = new UsageWatch(hours.map((row) => [Number(row.hour), Number(row.calls)] as const));
  }

  /** Grants a lease. When the plan is used up but others hold unused units, those are called back first. */
  async draw(request: DrawRequest): Promise<Grant & { workspaceVersion: number }> {
    this.active.add(request.holder);
    let grant = this.ledger.draw(request);
    const isShort = grant.granted - grant.used < request.need;
    if (isShort && (await this.recall(request.period, request.metric, request.holder))) {
      grant = this.ledger.draw({ ...request, want: 0 });
    }
    this.limits.set(request.metric, request.limit);
    this.store();
    return { ...grant, workspaceVersion: this.version };
  }

  /**
   * The workspace is about to change (`begin`) or has changed (`end`). Objects that could let a call in without asking
   * here first are those with units left of a lease: they are told. All others learn it with their next lease.
   */
  async announce(at: { changeId: string; phase: "begin" | "end"; version: number }): Promise<void> {
    if (at.phase === "end") {
      this.version = Math.max(this.version, at.version);
      this.ctx.storage.kv.put("version", this.version);
    }
    const holders = this.ledger.openHolders(periodKey("month", now()));
    await Promise.all(
      holders.map((holder) => {
        const stub = this.env.KEY_OBJECT.getByName(holder);
        return at.phase === "begin" ? stub.beginChange(at.changeId) : stub.endChange(at.changeId);
      }),
    );
  }

  /** Asks every other holder for its unused units; says whether any came back. */
  private async recall(period: string, metric: Metric, except: string): Promise<boolean> {
    const holders = this.ledger.holdersWithLease(period, metric, except);
    const answers = await Promise.allSettled(holders.map((row) => this.reclaimFrom(row)));
    return answers.some((answer) => answer.status === "fulfilled" && answer.value > 0);
  }

  private async reclaimFrom(row: LeaseRow): Promise<number> {
    const { holder, metric, period, rev, granted } = row;
    const stub = this.env.KEY_OBJECT.getByName(holder);
    const used = await stub.reclaim({ metric, period, rev });
    if (used === null) return 0;
    this.ledger.settle({ holder, metric, period, used, rev });
    this.store();
    return granted - used;
  }

  /** A holder that goes idle, and has written its use to the table, hands back what it did not use. */
  async rest(holder: string, leases: { metric: Metric; period: string; used: number; rev: number }[]): Promise<void> {
    for (const lease of leases) this.ledger.settle({ holder, ...lease });
    this.active.delete(holder);
    this.store();
  }

  /** Has every key in use write its use to the table. */
  async writeUse(): Promise<void> {
    const holders = new Set([...this.active, ...this.ledger.openHolders(periodKey("month", now()))]);
    await Promise.all([...holders].map((holder) => this.env.KEY_OBJECT.getByName(holder).writeUse()));
  }

  /** Exact figures: every holder with an open lease is asked what it has used, and hands the rest back. */
  async usage(period: string): Promise<Record<Metric, number>> {
    await Promise.all(METRICS.map((metric) => this.recall(period, metric, "")));
    this.expireReservations();
    const used = METRICS.map((metric) => [metric, this.ledger.used(period, metric)] as const);
    return Object.fromEntries(used) as Record<Metric, number>;
  }

  /** Holds back AI tokens before the provider is asked; `false` when the plan has fewer left. Repeating an id is safe. */
  async reserve(at: { id: string; period: string; amount: number; limit: number | null }): Promise<boolean> {
    this.expireReservations();
    const entry = this.ledger.reserve({ ...at, metric: "ai_tokens", now: now() });
    if (!entry) return false;
    this.ctx.storage.sql.exec(
      "INSERT OR IGNORE INTO reservations VALUES (?, ?, ?, ?, ?)",
      ...[entry.id, entry.metric, entry.period, entry.amount, entry.expiresAt],
    );
    return true;
  }

  /** Replaces a reservation by the provider's figure; 0 gives everything back. */
  async settleReservation(id: string, actual: number): Promise<void> {
    this.ctx.storage.transactionSync(() => {
      if (this.ledger.settleReservation(id, actual)) {
        this.ctx.storage.sql.exec("DELETE FROM reservations WHERE id = ?", id);
      }
      this.store();
    });
  }

  /** Counts units used elsewhere; answers the workspace's total, or `null` when the plan has fewer left. Repeating an id counts once. */
  async record(at: {
    id: string;
    metric: Metric;
    period: string;
    amount: number;
    limit: number | null;
  }): Promise<number | null> {
    const { sql } = this.ctx.storage;
    sql.exec("DELETE FROM records WHERE at <= ?", now() - RECORD_KEPT_MS);
    const isRepeated = sql.exec("SELECT 1 FROM records WHERE id = ?", at.id).toArray().length > 0;
    if (!isRepeated) {
      await this.recall(at.period, at.metric, "");
      if (!this.ledger.reserve({ ...at, now: now() })) return null;
      this.ctx.storage.transactionSync(() => {
        sql.exec("INSERT OR IGNORE INTO records VALUES (?, ?)", at.id, now());
        this.ledger.settleReservation(at.id, at.amount);
        this.store();
      });
    }
    return (await this.usage(at.period))[at.metric];
  }

  private expireReservations(): void {
    for (const entry of this.ledger.expiredReservations(now())) {
      this.ledger.settleReservation(entry.id, entry.amount);
      this.ctx.storage.sql.exec("DELETE FROM reservations WHERE id = ?", entry.id);
    }
    this.store();
  }

  private store(): void {
    for (const row of this.ledger.changed()) {
      this.ctx.storage.sql.exec(
        "INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?)",
        ...[row.period, row.metric, row.holder, row.granted, row.used, row.rev],
      );
    }
    this.notice();
  }

  /** Looks at what is newly used for anything the workspace should hear of. */
  private notice(): void {
    const { sql } = this.ctx.storage;
    const period = periodKey("month", now());
    const used = this.ledger.used(period, "api_calls");
    // The first look after a start, or in a new month, only learns where the count stands.
    const added = period === this.countedPeriod ? used - this.counted : 0;
    Object.assign(this, { counted: used, countedPeriod: period });
    const notices: UsageNotice[] = [];
    if (added > 0) {
      const { hour, sum } = this.watch.count(added, now());
      sql.exec("INSERT OR REPLACE INTO hours VALUES (?, ?)", hour, sum);
      const spike = this.watch.spike(now());
      if (spike) notices.push(spike);
    }
    for (const [metric, limit] of this.limits) {
      const at = { period, metric, used: this.ledger.used(period, metric), limit, resetsAt: periodEnd("month", now()) };
      notices.push(...this.watch.thresholds(at));
    }
    for (const { key, type, data } of notices) {
      const row = [key, newId("evt", now()), type, JSON.stringify(data)];
      const { rowsWritten } = sql.exec("INSERT OR IGNORE INTO notices VALUES (?, ?, ?, ?, 0)", ...row);
      if (rowsWritten > 0) void this.ctx.storage.setAlarm(Date.now() + 1);
    }
  }

  /** Emits the notices that were written down; one that was emitted already is known by its event's id. */
  async alarm(): Promise<void> {
    const { sql } = this.ctx.storage;
    const [workspaceId, environment] = (this.ctx.id.name ?? "").split(":");
    const tenant = {
      workspaceId: Number(workspaceId),
      environment: environment === "sandbox" ? "sandbox" : "live",
    } as const;
    for (const row of sql.exec("SELECT * FROM notices WHERE isSent = 0").toArray()) {
      const { unit } = jobContext(this.env, tenant, "job:usage", now());
      const known = new DomainError("conflict", "emitted before");
      unit.onDuplicate([events.id], known);
      unit.emit(eventOf(String(row.type)), JSON.parse(String(row.data)), null, String(row.id));
      try {
        await unit.commit();
      } catch (error) {
        if (error !== known) return void this.ctx.storage.setAlarm(Date.now() + NOTICE_RETRY_MS);
      }
      sql.exec("UPDATE notices SET isSent = 1 WHERE key = ?", row.key);
    }
  }
}

/** Tells the keys of a workspace that a commit is about to change it, and that it is done. */
export function workspaceChange(env: Env, workspaceId: number, version: number): CommitListener {
  const changeId = crypto.randomUUID();
  const tell = async (phase: "begin" | "end"): Promise<void> => {
    await Promise.all(
      ["live", "sandbox"].map((environment) =>
        ledgerOf(env, workspaceId, environment).announce({ changeId, phase, version }),
      ),
    );
  };
  return { before: () => tell("begin"), after: () => tell("end") };
}

/** The ledger of a workspace's environment. */
export function ledgerOf(env: Env, workspaceId: number, environment: string): DurableObjectStub<LedgerObject> {
  return env.LEDGER_OBJECT.getByName(`${workspaceId}:${environment}`);
}

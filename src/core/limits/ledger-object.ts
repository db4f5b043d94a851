import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { CommitListener } from "../storage/unit-of-work.ts";
import { type DrawRequest, type Grant, Ledger, type LeaseRow, type Metric, type Reservation } from "./ledger.ts";
import { periodKey } from "./period.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS leases (
  period TEXT, metric TEXT, holder TEXT, granted INTEGER, used INTEGER, rev INTEGER,
  PRIMARY KEY (period, metric, holder)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reservations (
  id TEXT PRIMARY KEY, metric TEXT, period TEXT, amount INTEGER, expiresAt INTEGER
) WITHOUT ROWID;`;

/** The ledger of one workspace and environment as a Durable Object: storage and the calls to key objects around `Ledger`. */
export class LedgerObject extends DurableObject<Env> {
  private readonly ledger: Ledger;
  /** The newest version of the workspace that was announced. */
  private version: number;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(SCHEMA);
    this.version = ctx.storage.kv.get<number>("version") ?? 0;
    this.ledger = new Ledger(
      ctx.storage.sql.exec("SELECT * FROM leases").toArray() as unknown as LeaseRow[],
      ctx.storage.sql.exec("SELECT * FROM reservations").toArray() as unknown as Reservation[],
    );
  }

  /** Grants a lease. When the plan is used up but others hold unused units, those are called back first. */
  async draw(request: DrawRequest): Promise<Grant & { workspaceVersion: number }> {
    let grant = this.ledger.draw(request);
    const isShort = grant.granted - grant.used < request.need;
    if (isShort && (await this.recall(request.period, request.metric, request.holder))) {
      grant = this.ledger.draw({ ...request, want: 0 });
    }
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
        const stub = this.env.KEY_OBJECT.get(this.env.KEY_OBJECT.idFromName(holder));
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
    const stub = this.env.KEY_OBJECT.get(this.env.KEY_OBJECT.idFromName(holder));
    const used = await stub.reclaim({ metric, period, rev });
    if (used === null) return 0;
    this.ledger.settle({ holder, metric, period, used, rev });
    this.store();
    return granted - used;
  }

  /** A holder that goes idle hands back what it did not use. */
  async settle(at: { holder: string; metric: Metric; period: string; used: number; rev: number }): Promise<void> {
    this.ledger.settle(at);
    this.store();
  }

  /** Exact figures: every holder with an open lease is asked what it has used, and hands the rest back. */
  async usage(period: string): Promise<Record<Metric, number>> {
    await Promise.all([this.recall(period, "api_calls", ""), this.recall(period, "mcp_calls", "")]);
    this.expireReservations();
    return {
      api_calls: this.ledger.used(period, "api_calls"),
      mcp_calls: this.ledger.used(period, "mcp_calls"),
      ai_tokens: this.ledger.used(period, "ai_tokens"),
    };
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
  return env.LEDGER_OBJECT.get(env.LEDGER_OBJECT.idFromName(`${workspaceId}:${environment}`));
}

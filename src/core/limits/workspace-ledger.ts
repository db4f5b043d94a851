import { type DrawRequest, type Grant, Ledger, type LeaseRow } from "./ledger.ts";
import { idMoment } from "../ids.ts";
import type { LedgerStorage } from "./ledger-storage.ts";
import { METRICS, type Metric } from "./metric.ts";
import { periodKey } from "./period.ts";
import type { UsageNotices } from "./usage-notices.ts";

/** How long a recorded id is remembered: as long as an Idempotency-Key (docs/contract.md §3). */
const RECORD_KEPT_MS = 24 * 3_600_000;

/** Notices are told once a month at most, by the hour at least: for longer than this none is needed to tell that it was. */
const NOTICES_KEPT_MS = 62 * 24 * 3_600_000;

/** Holders asked at a time: an invocation has few connections, and a workspace may have a thousand keys in use. */
const ASKED_AT_ONCE = 50;

/** A key's object, as its workspace's ledger knows it. */
export interface Holder {
  /** What it has used of a lease whose rest it gives up; `null` when it holds a newer one, or is too late. */
  reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null>;
  beginChange(changeId: string): Promise<void>;
  endChange(changeId: string): Promise<void>;
  writeUse(): Promise<void>;
}

/** Everything a workspace's ledger needs of the world. */
export interface LedgerWorld {
  now(): number;
  storage: LedgerStorage;
  holder(name: string): Holder;
}

export interface Lease {
  metric: Metric;
  period: string;
  used: number;
  rev: number;
}

/** The ledger of one workspace and environment: `Ledger` with its storage, its holders and what the workspace hears. */
export class WorkspaceLedger {
  private readonly ledger: Ledger;
  private workspaceVersion: number;
  /** Holders that may have use to write: those that drew and have not come to rest. */
  private readonly active = new Set<string>();
  /** The month that everything before the last one was forgotten in. */
  private month = "";
  /** Holders that were denied a lease: they do not ask again for a while, so they have to be told of a change. */
  private readonly waiting: Set<string>;

  constructor(
    private readonly world: LedgerWorld,
    private readonly notices: UsageNotices,
  ) {
    const { storage } = world;
    this.ledger = new Ledger(storage.leases(), storage.reservations());
    this.waiting = new Set(storage.waiting());
    this.workspaceVersion = storage.workspaceVersion();
  }

  /** Grants a lease. When the plan or the key's cap is used up but others hold unused units, those are called back first. */
  async draw(request: DrawRequest): Promise<Grant & { workspaceVersion: number }> {
    this.active.add(request.holder);
    let grant = this.ledger.draw(request);
    const isShort = () => grant.granted - grant.used < request.need;
    const others = isShort() ? this.ledger.othersWithLease(request) : [];
    for (const some of inGroups(others)) {
      // Whatever they answer: they may have given units up by drawing anew meanwhile.
      await this.recall(some);
      grant = this.ledger.draw({ ...request, want: 0 });
      if (!isShort()) break;
    }
    this.noteWaiting(request.holder, isShort());
    this.notices.hear(request.metric, request.limit);
    this.store();
    return { ...grant, workspaceVersion: this.workspaceVersion };
  }

  private noteWaiting(holder: string, isWaiting: boolean): void {
    if (this.waiting.has(holder) === isWaiting) return;
    if (isWaiting) {
      this.waiting.add(holder);
      this.world.storage.addWaiting(holder);
    } else {
      this.waiting.delete(holder);
      this.world.storage.dropWaiting(holder);
    }
  }

  private forgetWaiting(): void {
    if (this.waiting.size === 0) return;
    this.waiting.clear();
    this.world.storage.dropWaiting();
  }

  /**
   * The workspace is about to change (`begin`) or has changed (`end`). Objects that could decide a call without asking
   * here first are those with units left of a lease, and those that were denied one: they are told. All others learn it
   * with their next lease.
   */
  async announce(at: { changeId: string; phase: "begin" | "end"; version: number }): Promise<void> {
    if (at.phase === "end") {
      this.workspaceVersion = Math.max(this.workspaceVersion, at.version);
      this.world.storage.saveWorkspaceVersion(this.workspaceVersion);
    }
    const concerned = new Set([...this.openHolders(), ...this.waiting]);
    // Who is denied from here on has heard of the new version.
    if (at.phase === "end") this.forgetWaiting();
    await this.tell(concerned, (holder) =>
      at.phase === "begin" ? holder.beginChange(at.changeId) : holder.endChange(at.changeId),
    );
  }

  private openHolders(): string[] {
    return this.ledger.openHolders(periodKey("month", this.world.now()));
  }

  private async tell(names: Iterable<string>, what: (holder: Holder) => Promise<void>): Promise<void> {
    for (const some of inGroups([...names])) await Promise.all(some.map((name) => what(this.world.holder(name))));
  }

  /** Asks holders for their unused units. */
  private async recall(holders: LeaseRow[]): Promise<void> {
    for (const some of inGroups(holders)) await Promise.allSettled(some.map((row) => this.reclaimFrom(row)));
  }

  private async reclaimFrom({ holder, metric, period, rev }: LeaseRow): Promise<void> {
    const used = await this.world.holder(holder).reclaim({ metric, period, rev });
    if (used === null) return;
    this.ledger.settle({ holder, metric, period, used, rev });
    this.store();
  }

  /** A holder that goes idle, and has written its use to the table, hands back what it did not use. */
  rest(holder: string, leases: Lease[]): void {
    for (const lease of leases) this.ledger.settle({ holder, ...lease });
    this.active.delete(holder);
    this.store();
  }

  /** Has every key in use write its use to the table. */
  writeUse(): Promise<void> {
    return this.tell(new Set([...this.active, ...this.openHolders()]), (holder) => holder.writeUse());
  }

  /** Exact figures: every holder with an open lease is asked what it has used, and hands the rest back. */
  async usage(period: string): Promise<Record<Metric, number>> {
    await Promise.all(METRICS.map((metric) => this.recall(this.ledger.holdersWithLease(period, metric, ""))));
    this.expireReservations();
    const used = METRICS.map((metric) => [metric, this.ledger.used(period, metric)] as const);
    return Object.fromEntries(used) as Record<Metric, number>;
  }

  /**
   * Holds back AI tokens before the provider is asked; `short` when the plan has fewer left, `settled` when what the id names
   * is over. Repeating an id is safe.
   */
  reserve(at: { id: string; period: string; amount: number; limit: number | null }): "held" | "short" | "settled" {
    this.expireReservations();
    if (this.world.storage.hasRecord(at.id)) return "settled";
    const entry = this.ledger.reserve({ ...at, metric: "ai_tokens", now: this.world.now() });
    if (!entry) return "short";
    this.world.storage.addReservation(entry);
    this.notices.hear("ai_tokens", at.limit);
    this.store();
    return "held";
  }

  /** Whether the plan has so many AI tokens left that nobody holds. Holds none. */
  hasRoom(at: { period: string; amount: number; limit: number | null }): boolean {
    const available = this.ledger.available(at.period, "ai_tokens", at.limit);
    return available === null || available >= at.amount;
  }

  /**
   * Replaces a reservation by the provider's figure; 0 gives everything back. Settled once, an id is over: whoever comes late
   * neither holds anything by it nor counts again.
   */
  settleReservation(id: string, actual: number): void {
    const { storage } = this.world;
    storage.atomically(() => {
      if (this.ledger.settleReservation(id, actual)) storage.dropReservation(id);
      storage.dropRecords(this.world.now() - RECORD_KEPT_MS);
      storage.addRecord(id, this.world.now());
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
    const { storage } = this.world;
    storage.dropRecords(this.world.now() - RECORD_KEPT_MS);
    if (!storage.hasRecord(at.id)) {
      await this.recall(this.ledger.holdersWithLease(at.period, at.metric, ""));
      if (!this.ledger.reserve({ ...at, now: this.world.now() })) return null;
      storage.atomically(() => {
        storage.addRecord(at.id, this.world.now());
        this.ledger.settleReservation(at.id, at.amount);
        this.store();
      });
    }
    return (await this.usage(at.period))[at.metric];
  }

  private expireReservations(): void {
    for (const entry of this.ledger.expiredReservations(this.world.now())) {
      this.ledger.settleReservation(entry.id, entry.amount);
      this.world.storage.dropReservation(entry.id);
    }
    this.store();
  }

  private store(): void {
    for (const row of this.ledger.changed()) this.world.storage.saveLease(row);
    this.forgetOldMonths();
    this.notices.observe(this.ledger);
  }

  /** Once a month: what is older than the last one, which a call at its very end may still ask about, is of no use. */
  private forgetOldMonths(): void {
    const now = this.world.now();
    const month = periodKey("month", now);
    if (month === this.month) return;
    this.month = month;
    const before = periodKey("month", Date.parse(month) - 1);
    this.ledger.forgetBefore(before);
    this.world.storage.dropLeases(before);
    this.world.storage.dropNotices(idMoment("evt", now - NOTICES_KEPT_MS));
  }
}

function* inGroups<Item>(items: readonly Item[]): Iterable<Item[]> {
  for (let n = 0; n < items.length; n += ASKED_AT_ONCE) yield items.slice(n, n + ASKED_AT_ONCE);
}

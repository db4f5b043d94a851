import { newId } from "../ids.ts";
import type { Ledger } from "./ledger.ts";
import type { LedgerStorage, StoredNotice } from "./ledger-storage.ts";
import type { Metric } from "./metric.ts";
import { periodEnd, periodKey } from "./period.ts";
import { type UsageNotice, UsageWatch, WINDOW_HOURS } from "./usage-watch.ts";

/** When the table does not answer, notices are tried again after this. */
export const NOTICE_RETRY_MS = 10_000;

/** Everything notices need of the world. */
export interface NoticeWorld {
  now(): number;
  storage: Pick<LedgerStorage, "hours" | "saveHour" | "dropHours" | "addNotice" | "unsentNotices" | "markSent">;
  /** Announces a notice; one that was announced already, which its id tells, is announced once. */
  emit(notice: StoredNotice): Promise<void>;
  /** Has `send` called after this time. */
  sendAfter(ms: number): void;
}

/** Writes down what a workspace should hear of its usage, and announces it. */
export class UsageNotices {
  private readonly watch: UsageWatch;
  private period = "";
  private counted = 0;
  private hour = 0;
  /** The plan's allowances as last heard. */
  private readonly limits = new Map<Metric, number | null>();

  constructor(private readonly world: NoticeWorld) {
    this.watch = new UsageWatch(world.storage.hours());
  }

  /** What the plan allows of a metric, as a key has just said. */
  hear(metric: Metric, limit: number | null): void {
    this.limits.set(metric, limit);
  }

  /** Looks at what is newly used for anything the workspace should hear of. */
  observe(ledger: Ledger): void {
    const at = this.world.now();
    const period = periodKey("month", at);
    const notices: UsageNotice[] = [];
    if (this.countCalls(ledger, period, at)) {
      const spike = this.watch.spike(at);
      if (spike) notices.push(spike);
    }
    const resetsAt = periodEnd("month", at);
    for (const [metric, limit] of this.limits) {
      notices.push(...this.watch.thresholds({ period, metric, used: ledger.used(period, metric), limit, resetsAt }));
    }
    for (const notice of notices) {
      if (this.world.storage.addNotice({ ...notice, id: newId("evt", at) })) this.world.sendAfter(1);
    }
  }

  /** Counts the calls since the last look into their hour; says whether there were any. */
  private countCalls(ledger: Ledger, period: string, at: number): boolean {
    const used = ledger.used(period, "api_calls");
    // The first look after a start, or in a new month, only learns where the count stands.
    const added = period === this.period ? used - this.counted : 0;
    this.period = period;
    this.counted = used;
    if (added <= 0) return false;
    const { hour, sum } = this.watch.count(added, at);
    this.world.storage.saveHour(hour, sum);
    if (hour !== this.hour) this.world.storage.dropHours(hour - WINDOW_HOURS);
    this.hour = hour;
    return true;
  }

  /** Announces what was written down. What cannot be announced now is tried again. */
  async send(): Promise<void> {
    for (const notice of this.world.storage.unsentNotices()) {
      try {
        await this.world.emit(notice);
      } catch {
        return this.world.sendAfter(NOTICE_RETRY_MS);
      }
      this.world.storage.markSent(notice.key);
    }
  }
}

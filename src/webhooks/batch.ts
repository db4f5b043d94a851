import { type BucketPolicy, type BucketState, TokenBucket } from "../core/limits/token-bucket.ts";
import type { Runtime } from "../core/runtime.ts";
import type { InvocationBudget } from "./budget.ts";
import type { DueDelivery, Lease } from "./lease.ts";
import { bodyOf, type Subscriber } from "./message.ts";
import { isGone, type NextStep, nextStep } from "./next-step.ts";
import type { Message, Outcome } from "./post.ts";

/**
 * What a receiver may be sent: Zapier takes 30 a second and 10,000 in five minutes. What the bucket holds and what it
 * gains in a second are 30 together, so that no second sees more.
 */
const PACE: BucketPolicy = { name: "webhook_deliveries", capacity: 10, refillTokens: 20, refillPeriodMs: 1_000 };
/** A receiver that has been sent all it may take is left alone until its bucket is full again. */
const PACED_REST_MS = 500;

/** Attempts made at a time: one receiver never holds all connections, and one that fails holds a single one. */
const CONCURRENT_ATTEMPTS = 3;
/** Nothing is started later than this, so that all is recorded before the lease ends. */
const START_WITHIN_MS = 10_000;

/** What an endpoint's row takes over when its lease ends. */
export interface Release {
  pace: BucketState;
  /** 0 when it need not rest. */
  restUntil: number;
}

/** Where attempts are written down. Both answer when the endpoint has something to do next, once its lease has ended. */
export interface Records {
  /** An attempt and its counters; with `release` the end of the lease, too. */
  record(due: DueDelivery, step: NextStep, release: Release | null): Promise<number | null>;
  /** The end of a lease under which nothing is left to record. */
  release(release: Release): Promise<number | null>;
}

/** What the deliveries of an endpoint are made with. */
export interface Means {
  runtime: Pick<Runtime, "now" | "random">;
  budget: InvocationBudget;
  records: Records;
  /** Whether the endpoint is still to be sent what was taken with the lease, and to the same address. */
  isWanted(): Promise<boolean>;
  post(message: Message): Promise<Outcome>;
  secrets: readonly string[];
  subscriber: Subscriber | null;
}

/** What became of a batch. */
export interface BatchEnd {
  /** When the endpoint has something to do next; `null` when nothing is left. */
  next: number | null;
  /** The receiver answered that it is gone. */
  isGone: boolean;
}

/**
 * Delivers what an endpoint is due, a few at a time. Every attempt is recorded as soon as it is over; the record of the
 * last one also ends the lease.
 */
export class Batch {
  private readonly pace: TokenBucket;
  private readonly queue: DueDelivery[];
  private readonly records: Promise<unknown>[] = [];
  private underWay = 0;
  private restUntil = 0;
  private isGone = false;
  /** The endpoint was deleted, switched off or pointed elsewhere meanwhile. */
  private isUnwanted = false;
  /** Set once the lease has ended. */
  private end: { next: number | null } | null = null;

  constructor(
    private readonly lease: Lease,
    private readonly means: Means,
  ) {
    this.pace = new TokenBucket(PACE, lease.takenAt, lease.endpoint.pace ?? undefined);
    this.queue = lease.due.slice(0, this.pace.available(lease.takenAt));
    if (this.queue.length === 0 && lease.due.length > 0) this.restUntil = lease.takenAt + PACED_REST_MS;
  }

  async run(): Promise<BatchEnd> {
    const workers = this.lease.endpoint.consecutiveFailures > 0 ? 1 : CONCURRENT_ATTEMPTS;
    const results = await Promise.allSettled(Array.from({ length: workers }, () => this.work()));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    this.end ??= { next: await this.means.records.release(this.release()) };
    return { next: this.end.next, isGone: this.isGone };
  }

  private release(): Release {
    return { pace: this.pace.snapshot(), restUntil: this.restUntil };
  }

  private get mayStart(): boolean {
    const isStopped = this.restUntil > 0 || this.isGone || this.isUnwanted;
    return !isStopped && this.means.runtime.now() - this.lease.takenAt < START_WITHIN_MS;
  }

  /** Makes one attempt after another while there are any; several of these run side by side. */
  private async work(): Promise<void> {
    while (this.queue.length > 0 && this.mayStart) {
      const due = this.queue.shift() as DueDelivery;
      this.underWay += 1;
      await this.means.budget.withConnection(() => this.attempt(due));
    }
  }

  private async attempt(due: DueDelivery): Promise<void> {
    const { runtime, records } = this.means;
    // Asked before each POST: none is to start once the answer to a DELETE, a switch-off or a new address was given.
    if (this.mayStart && !(await this.means.isWanted())) this.isUnwanted = true;
    if (!this.mayStart || !this.pace.canTake(1, runtime.now())) {
      this.underWay -= 1;
      return;
    }
    this.pace.take(1);
    const outcome = await this.means.post(this.messageOf(due));
    const step = nextStep(due, outcome, runtime.now(), runtime.random());
    this.restUntil = Math.max(this.restUntil, step.restUntil);
    this.isGone ||= isGone(outcome);
    this.underWay -= 1;
    const isLast = this.underWay === 0 && (this.queue.length === 0 || !this.mayStart);
    if (!isLast) {
      const recorded = records.record(due, step, null);
      this.records.push(recorded);
      await recorded;
      return;
    }
    // The others first: the lease keeps their deliveries from being made twice until they are recorded. It stays when
    // one of them could not be; this one is recorded all the same.
    const others = await Promise.allSettled(this.records);
    const isAllRecorded = others.every(({ status }) => status === "fulfilled");
    this.end = { next: await records.record(due, step, isAllRecorded ? this.release() : null) };
  }

  private messageOf({ event, attempt }: DueDelivery): Message {
    const { secrets, subscriber } = this.means;
    const { url } = this.lease.endpoint;
    return { url, id: event.id, attempt: attempt + 1, body: bodyOf(event, subscriber), secrets };
  }
}

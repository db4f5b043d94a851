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

/** Attempts made at a time once a receiver has answered; until then, and while it fails, there is one. */
const CONCURRENT_ATTEMPTS = 3;

/** What an endpoint's row takes over when its lease ends. */
export interface Release {
  pace: BucketState;
  /** 0 when it need not rest. */
  restUntil: number;
}

/** Where attempts are written down. Once the lease has ended, it is known when the endpoint has something to do next. */
export interface Records {
  /** An attempt and its counters. Answers whether the endpoint is still to be sent the rest, and to the same address. */
  record(due: DueDelivery, step: NextStep): Promise<boolean>;
  /** The last attempt; with `release` the end of the lease, too. */
  recordLast(due: DueDelivery, step: NextStep, release: Release | null): Promise<number | null>;
  /** The end of a lease under which nothing is left to record. */
  release(release: Release): Promise<number | null>;
}

/** What the deliveries of an endpoint are made with. One connection of the budget is the batch's from the start. */
export interface Means {
  runtime: Pick<Runtime, "now" | "random">;
  budget: Pick<InvocationBudget, "isOver" | "tryConnect" | "disconnect">;
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
 * Delivers what an endpoint is due: one attempt, and once that was answered a few at a time. Every attempt is recorded as
 * soon as it is over; the record of the last one also ends the lease.
 */
export class Batch {
  private readonly pace: TokenBucket;
  private readonly queue: DueDelivery[];
  private readonly lanes: Promise<unknown>[] = [];
  private readonly failures: unknown[] = [];
  private readonly records: Promise<unknown>[] = [];
  private lanesLeft: number;
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
    this.lanesLeft = lease.endpoint.consecutiveFailures > 0 ? 0 : CONCURRENT_ATTEMPTS - 1;
    if (this.queue.length === 0 && lease.due.length > 0) this.restUntil = lease.takenAt + PACED_REST_MS;
  }

  async run(): Promise<BatchEnd> {
    this.open(this.work(this.means.isWanted));
    // The first lane opens the others, which are waited for in turn.
    for (const lane of this.lanes) await lane;
    if (this.failures.length > 0) throw this.failures[0];
    this.end ??= { next: await this.means.records.release(this.release()) };
    return { next: this.end.next, isGone: this.isGone };
  }

  private open(lane: Promise<void>): void {
    this.lanes.push(lane.catch((error: unknown) => this.failures.push(error)));
  }

  private release(): Release {
    return { pace: this.pace.snapshot(), restUntil: this.restUntil };
  }

  private get mayStart(): boolean {
    return this.restUntil === 0 && !this.isGone && !this.isUnwanted && !this.means.budget.isOver;
  }

  /**
   * Makes one attempt after another while there are any; several of these run side by side. Before each it is asked
   * whether it is wanted: none is to start once the answer to a DELETE, a switch-off or a new address was given.
   */
  private async work(isWanted: () => Promise<boolean>): Promise<void> {
    let ask = isWanted;
    while (this.queue.length > 0 && this.mayStart) {
      const due = this.queue.shift() as DueDelivery;
      this.underWay += 1;
      if (!(await ask())) this.isUnwanted = true;
      const answer = await this.attempt(due);
      ask = async () => answer;
    }
  }

  /** Lets others go on beside this lane, as far as connections are free. */
  private widen(): void {
    const { budget, isWanted } = this.means;
    let asked: Promise<boolean> | null = null;
    // They begin together, and ask together.
    const ask = () => (asked ??= isWanted());
    while (this.lanesLeft > 0 && this.queue.length > 0 && this.mayStart && budget.tryConnect()) {
      this.lanesLeft -= 1;
      this.open(this.work(ask).finally(() => budget.disconnect()));
    }
  }

  /** Answers whether another attempt is wanted. */
  private async attempt(due: DueDelivery): Promise<boolean> {
    const { runtime, records } = this.means;
    if (!this.mayStart || !this.pace.canTake(1, runtime.now())) {
      this.underWay -= 1;
      return !this.isUnwanted;
    }
    this.pace.take(1);
    const outcome = await this.means.post(this.messageOf(due));
    const step = nextStep(due, outcome, runtime.now(), runtime.random());
    this.restUntil = Math.max(this.restUntil, step.restUntil);
    this.isGone ||= isGone(outcome);
    this.underWay -= 1;
    if (outcome.isSuccess) this.widen();
    const isLast = this.underWay === 0 && (this.queue.length === 0 || !this.mayStart);
    if (!isLast) {
      const recorded = records.record(due, step);
      this.records.push(recorded);
      return recorded;
    }
    // The others first: the lease keeps their deliveries from being made twice until they are recorded. It stays when
    // one of them could not be; this one is recorded all the same.
    const others = await Promise.allSettled(this.records);
    const isAllRecorded = others.every(({ status }) => status === "fulfilled");
    this.end = { next: await records.recordLast(due, step, isAllRecorded ? this.release() : null) };
    return false;
  }

  private messageOf({ event, attempt }: DueDelivery): Message {
    const { secrets, subscriber } = this.means;
    const { url } = this.lease.endpoint;
    return { url, id: event.id, attempt: attempt + 1, body: bodyOf(event, subscriber), secrets };
  }
}

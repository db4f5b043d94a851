import { now } from "../core/clock.ts";
import { type BucketPolicy, TokenBucket } from "../core/limits/token-bucket.ts";
import type { Env } from "../env.ts";
import type { Due, Held } from "./lease.ts";
import { bodyOf, type Subscriber } from "./message.ts";
import { post } from "./post.ts";
import { record, releaseLease } from "./record.ts";
import { isGone, settle } from "./settle.ts";
import type { Slots } from "./slots.ts";
import { allowsLoopback } from "./target.ts";

/**
 * What a receiver may be sent: Zapier takes 30 a second and 10,000 in five minutes. What the bucket holds and what it
 * gains in a second are 30 together, so that no second sees more.
 */
const PACE: BucketPolicy = { name: "webhook_deliveries", capacity: 10, refillTokens: 20, refillPeriodMs: 1_000 };
/** A receiver that has been sent all it may take is left alone until its bucket is full again. */
const PACED_REST_MS = 500;

/** Attempts made at a time: one receiver never holds all connections, and one that fails holds a single one. */
const TOGETHER = 3;
const TIMEOUT_MS = 15_000;
/** Nothing is started later than this, so that all is recorded before the lease ends. */
const START_WITHIN_MS = 10_000;

/** What the deliveries of an endpoint are made with. */
export interface Means {
  secrets: readonly string[];
  subscriber: Subscriber | null;
  slots: Slots;
}

/** What became of a wave. */
export interface WaveEnd {
  /** When the endpoint has something to do next; `null` when nothing is left. */
  next: number | null;
  /** The receiver answered that it is gone. */
  isGone: boolean;
}

/**
 * Delivers what an endpoint is due, a few at a time. Every attempt is recorded as soon as it is over; the record of the
 * last one also ends the lease.
 */
export class Wave {
  private readonly pace: TokenBucket;
  private readonly queue: Due[];
  private readonly records: Promise<unknown>[] = [];
  private underWay = 0;
  private restUntil = 0;
  private isGone = false;
  /** Set once the lease has ended. */
  private end: { next: number | null } | null = null;

  constructor(
    private readonly env: Env,
    private readonly held: Held,
    private readonly means: Means,
  ) {
    this.pace = new TokenBucket(PACE, held.leasedAt, held.endpoint.pace ?? undefined);
    this.queue = held.due.slice(0, this.pace.available(held.leasedAt));
    if (this.queue.length === 0) this.restUntil = held.leasedAt + PACED_REST_MS;
  }

  async run(): Promise<WaveEnd> {
    const lanes = this.held.endpoint.consecutiveFailures > 0 ? 1 : TOGETHER;
    const results = await Promise.allSettled(Array.from({ length: lanes }, () => this.lane()));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    this.end ??= { next: await releaseLease(this.env, this.held, this.release()) };
    return { next: this.end.next, isGone: this.isGone };
  }

  private release() {
    return { pace: this.pace.snapshot(), restUntil: this.restUntil };
  }

  private get mayStart(): boolean {
    return this.restUntil === 0 && !this.isGone && now() - this.held.leasedAt < START_WITHIN_MS;
  }

  private async lane(): Promise<void> {
    while (this.queue.length > 0 && this.mayStart) {
      const due = this.queue.shift() as Due;
      this.underWay += 1;
      await this.means.slots.run(() => this.attempt(due));
    }
  }

  private async attempt(due: Due): Promise<void> {
    if (!this.mayStart || !this.pace.canTake(1, now())) {
      this.underWay -= 1;
      return;
    }
    const { endpoint } = this.held;
    const { secrets, subscriber } = this.means;
    this.pace.take(1);
    const message = {
      url: endpoint.url,
      id: due.event.id,
      attempt: due.attempt + 1,
      body: bodyOf(due.event, subscriber),
      secrets,
    };
    const outcome = await post(message, { timeoutMs: TIMEOUT_MS, allowLoopback: allowsLoopback(this.env) });
    const settled = settle(due, outcome, now(), Math.random());
    this.restUntil = Math.max(this.restUntil, settled.restUntil);
    this.isGone ||= isGone(outcome);
    this.underWay -= 1;
    const isLast = this.underWay === 0 && (this.queue.length === 0 || !this.mayStart);
    if (!isLast) {
      const recorded = record(this.env, this.held, due, settled, null);
      this.records.push(recorded);
      await recorded;
      return;
    }
    // The others first: the lease keeps their deliveries from being made twice until they are recorded. It stays when
    // one of them could not be; this one is recorded all the same.
    const others = await Promise.allSettled(this.records);
    const isAllRecorded = others.every(({ status }) => status === "fulfilled");
    this.end = { next: await record(this.env, this.held, due, settled, isAllRecorded ? this.release() : null) };
  }
}

import type { Metric } from "./metric.ts";
import { type Spike, type ThresholdReached, USAGE_EVENTS } from "./usage-events.ts";

/** Something a workspace should hear about its usage; `key` says what it may be told only once. */
export interface UsageNotice {
  key: string;
  type: (typeof USAGE_EVENTS)[keyof typeof USAGE_EVENTS]["type"];
  data: ThresholdReached | Spike;
}

const THRESHOLDS = [80, 100] as const;
const HOUR_MS = 3_600_000;
/** A trailing week. */
export const WINDOW_HOURS = 168;
/** An hour is a spike at this many times the week's hourly mean, and above this many calls (docs/contract.md §7). */
const SPIKE_FACTOR = 5;
const SPIKE_MINIMUM = 100;

const hourOf = (now: number): number => Math.floor(now / HOUR_MS);

/**
 * Watches a workspace's figures for what is worth an event. Pure: counts by the hour go in, notices come out;
 * whoever stores a notice under its key sees to it that it is given once.
 */
export class UsageWatch {
  private readonly hours: Map<number, number>;
  /** The first hour that was ever counted. */
  private since = Number.POSITIVE_INFINITY;

  constructor(hours: Iterable<readonly [hour: number, calls: number]> = []) {
    this.hours = new Map(hours);
    for (const hour of this.hours.keys()) this.since = Math.min(this.since, hour);
  }

  /** Counts calls; answers the hour they went into and its sum. Hours older than a week are forgotten. */
  count(calls: number, now: number): { hour: number; sum: number } {
    const hour = hourOf(now);
    this.since = Math.min(this.since, hour);
    const sum = (this.hours.get(hour) ?? 0) + calls;
    this.hours.set(hour, sum);
    for (const old of this.hours.keys()) if (old < hour - WINDOW_HOURS) this.hours.delete(old);
    return { hour, sum };
  }

  /** The notice of a busy hour, if this is one: there has to be a week before it to compare it with. */
  spike(now: number): UsageNotice | null {
    const hour = hourOf(now);
    if (hour - this.since < WINDOW_HOURS) return null;
    const calls = this.hours.get(hour) ?? 0;
    let before = 0;
    for (const [at, sum] of this.hours) if (at < hour && at >= hour - WINDOW_HOURS) before += sum;
    const mean = before / WINDOW_HOURS;
    if (calls <= SPIKE_MINIMUM || calls < SPIKE_FACTOR * mean) return null;
    const data = { hour: new Date(hour * HOUR_MS).toISOString(), calls, hourly_mean: Math.round(mean * 100) / 100 };
    return { key: `spike ${hour}`, type: USAGE_EVENTS.spike.type, data };
  }

  /** The notices of the shares of an allowance that are used up. */
  thresholds(at: {
    period: string;
    metric: Metric;
    used: number;
    limit: number | null;
    resetsAt: number;
  }): UsageNotice[] {
    const { period, metric, used, limit, resetsAt } = at;
    if (!limit) return [];
    return THRESHOLDS.filter((percent) => used * 100 >= limit * percent).map((percent) => ({
      key: `threshold ${period} ${metric} ${percent}`,
      type: USAGE_EVENTS.threshold_reached.type,
      data: { feature: metric, threshold: percent, used, limit, period, reset_at: new Date(resetsAt).toISOString() },
    }));
  }
}

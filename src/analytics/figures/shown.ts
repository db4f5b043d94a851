import type { Metric } from "./dimensions.ts";
import type { Counts } from "./count.ts";

/** An amount of money, in minor units of its currency. */
export interface Money {
  currency: string;
  amount: number;
}

/** Metrics as they are shown: rates from 0 to 1, durations in seconds; what there is nothing to divide by for is `null`. */
export type Shown = {
  [Name in Metric]?: Name extends "revenue" ? Money[] : Name extends Rate ? number | null : number;
};

type Rate = "bounceRate" | "averageDuration" | "conversionRate";

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const per = (part: number, of: number, digits: number): number | null => (of === 0 ? null : rounded(part / of, digits));

const SHOW: { [Name in Metric]: (counts: Counts) => number | null | Money[] } = {
  visitors: ({ visitors }) => visitors,
  pageViews: ({ pageViews }) => pageViews,
  sessions: ({ sessions }) => sessions,
  bounceRate: ({ bounces, sessions }) => per(bounces, sessions, 4),
  averageDuration: ({ durationMs, sessions }) => per(durationMs / 1000, sessions, 1),
  events: ({ events }) => events,
  orders: ({ orders }) => orders,
  revenue: ({ revenue }) =>
    Object.entries(revenue)
      .map(([currency, amount]) => ({ currency, amount }))
      .sort((one, other) => (one.currency < other.currency ? -1 : 1)),
  conversionRate: ({ orders, sessions }) => per(orders, sessions, 4),
};

/** These metrics of what was counted. */
export const shown = (counts: Counts, metrics: readonly Metric[]): Shown =>
  Object.fromEntries(metrics.map((name) => [name, SHOW[name](counts)])) as Shown;

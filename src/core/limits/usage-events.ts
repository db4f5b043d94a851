import { defineEvents } from "../events/define.ts";

/** A share of an allowance is used up. */
export interface ThresholdReached {
  feature: string;
  /** Per cent. */
  threshold: number;
  used: number;
  limit: number;
  period: string;
  reset_at: string;
}

/** An hour far busier than the week before it. */
export interface Spike {
  hour: string;
  calls: number;
  hourly_mean: number;
}

const threshold: ThresholdReached = {
  feature: "api_calls",
  threshold: 80,
  used: 4_000,
  limit: 5_000,
  period: "2026-01",
  reset_at: "2026-02-01T00:00:00.000Z",
};
const spike: Spike = { hour: "2026-01-15T10:00:00.000Z", calls: 600, hourly_mean: 12.5 };

const usage = { noun: "usage", scope: "entitlements:read", readAt: ["/api/v1/entitlements/summary"] } as const;

export const USAGE_EVENTS = {
  ...defineEvents({ ...usage, sample: threshold, verbs: { threshold_reached: {} } }),
  ...defineEvents({ ...usage, sample: spike, verbs: { spike: {} } }),
};

/** Calendar periods quotas run over; both are UTC (CONTRACT §2). */
export type Period = "day" | "month";

/** `2026-11-20` for a day, `2026-11` for a month. */
export function periodKey(period: Period, now: number): string {
  return new Date(now).toISOString().slice(0, period === "day" ? 10 : 7);
}

/** The first millisecond after the period that `now` lies in. */
export function periodEnd(period: Period, now: number): number {
  const date = new Date(now);
  return period === "day"
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

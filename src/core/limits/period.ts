/** Calendar periods quotas run over; both are UTC (docs/contract.md §2). */
export type Period = "day" | "month";

interface Span {
  key: string;
  from: number;
  until: number;
}

function spanOf(period: Period, now: number): Span {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const text = date.toISOString();
  return period === "day"
    ? { key: text.slice(0, 10), from: Date.UTC(year, month, day), until: Date.UTC(year, month, day + 1) }
    : { key: text.slice(0, 7), from: Date.UTC(year, month, 1), until: Date.UTC(year, month + 1, 1) };
}

/** The spans last asked for. A call asks several times, and the answer changes once a day. */
const latest: Record<Period, Span> = { day: spanOf("day", 0), month: spanOf("month", 0) };

function span(period: Period, now: number): Span {
  const { from, until } = latest[period];
  if (!(now >= from && now < until)) latest[period] = spanOf(period, now);
  return latest[period];
}

/** `2026-11-20` for a day, `2026-11` for a month. */
export const periodKey = (period: Period, now: number): string => span(period, now).key;

/** The first millisecond after the period that `now` lies in. */
export const periodEnd = (period: Period, now: number): number => span(period, now).until;

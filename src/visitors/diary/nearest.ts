import type { Diary } from "./diary.ts";

/** Days from the first to the last. */
export interface Span {
  first: string;
  last: string;
}

/** Tells which days of a span have something free. */
type FreeDays = (span: Span) => Promise<readonly { date: string; available: boolean }[]>;

/** Days that are looked at before and after one at first; and after it where there was nothing. */
const DAYS_BEFORE = 4;
const DAYS_AFTER = 7;
const FURTHER_DAYS = 35;

const earlierOf = (a: string, b: string): string => (a < b ? a : b);
const laterOf = (a: string, b: string): string => (a > b ? a : b);

/** The nearest days before and after one on which something is free, as far as anybody looks. */
export async function nearestDays(
  { clock }: Pick<Diary, "clock">,
  date: string,
  days: Span,
  free: FreeDays,
): Promise<{ earlier: string | null; later: string | null }> {
  const first = clock.addDays(date, -DAYS_BEFORE);
  const near = earlierOf(clock.addDays(date, DAYS_AFTER), days.last);
  const found = await free({ first: laterOf(first, days.first), last: near });
  const open = found.filter(({ available }) => available).map((it) => it.date);
  const earlier = open.findLast((it) => it < date) ?? null;
  const later = open.find((it) => it > date);
  if (later !== undefined || near >= days.last) return { earlier, later: later ?? null };
  const last = earlierOf(clock.addDays(near, FURTHER_DAYS), days.last);
  const further = await free({ first: clock.addDays(near, 1), last });
  return { earlier, later: further.find(({ available }) => available)?.date ?? null };
}

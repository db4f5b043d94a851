import type { Zoned } from "../../../core/zoned.ts";
import { WEEKDAYS } from "../../../rendering/text/weekdays.ts";
import type { Times, Week } from "../settings/hours.ts";

/** From one moment until another, which is not part of it. */
export interface Interval {
  from: number;
  until: number;
}

/** When something is open, and what its slots are counted from: what the clock shows when it opens, as if it were UTC. */
export interface Opening extends Interval {
  anchor: number;
}

const MINUTE = 60_000;
/** No clock is put forward by more than a day, as Samoa's was. */
const LONGEST_GAP = 24 * 60 * MINUTE;

/** The first moment of `within` at which the zone's offset is what it is at its end. It changes at most once in between. */
export function changeWithin(clock: Zoned, zone: string, { from, until }: Interval): number {
  const { offsetMinutes } = clock.localOf(zone, until);
  let [before, after] = [Math.floor(from / MINUTE), Math.ceil(until / MINUTE)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (clock.localOf(zone, middle * MINUTE).offsetMinutes === offsetMinutes) after = middle;
    else before = middle;
  }
  return after * MINUTE;
}

/** When a clock first shows a time or a later one. What it leaves out is over when it goes on. */
function firstAt(clock: Zoned, zone: string, date: string, time: string): number {
  const at = clock.instantOf(zone, date, time);
  const shown = clock.localOf(zone, at);
  if (shown.date === date && shown.time === time) return at;
  return changeWithin(clock, zone, { from: at - LONGEST_GAP, until: at });
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** What a week says of a date. */
export function timesOn(clock: Zoned, week: Week, date: string): Times[] {
  const weekday = WEEKDAYS[clock.weekdayOf(date) - 1] as (typeof WEEKDAYS)[number];
  return week.filter(({ days }) => days.includes(weekday));
}

/** What opens on a date, as moments. What closes when it opens, or earlier, closes on the next day. */
export function openingsOf(clock: Zoned, zone: string, date: string, times: readonly Times[]): Opening[] {
  return times
    .map(({ opens, closes }) => ({
      from: firstAt(clock, zone, date, opens),
      until: firstAt(clock, zone, closes > opens ? date : clock.addDays(date, 1), closes),
      anchor: Date.parse(date) + minutesOf(opens) * MINUTE,
    }))
    .filter(({ from, until }) => from < until);
}

/** What of some openings is within one of others. */
export const narrowed = (openings: readonly Opening[], others: readonly Interval[]): Opening[] =>
  openings
    .flatMap((it) =>
      others.map((other) => ({
        ...it,
        from: Math.max(it.from, other.from),
        until: Math.min(it.until, other.until),
      })),
    )
    .filter(({ from, until }) => from < until);

/** What overlaps or adjoins as one. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const whole: Interval[] = [];
  for (const { from, until } of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else whole.push({ from, until });
  }
  return whole;
}

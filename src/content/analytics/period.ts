import { QUARTER_MS } from "../../analytics/facts/visit.ts";
import { invalid } from "../../core/errors.ts";
import { zoned, type Zoned } from "../../core/zoned.ts";

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 400;
const DEFAULT_DAYS = 30;

/** A time in milliseconds; its end is not part of it. */
export interface Period {
  from: number;
  until: number;
}

const isDay = (text: string): boolean => text.length === 10;

/** A moment between two quarters of an hour is none that figures are counted to. */
function momentIn(field: string, text: string): number {
  const at = Date.parse(text);
  if (at % QUARTER_MS !== 0) throw invalid(field, "must be on a quarter of an hour, which is how figures are kept");
  return at;
}

/**
 * The period a question is about, with that before it: of days as many days, of moments as long a time. Days are the
 * zone's, from midnight to midnight, however long the clock makes them.
 */
export async function periodOf(
  zone: string,
  now: number,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<{ period: Period; previous: Period; zones: Zoned }> {
  const zones = await zoned();
  const last = to ?? zones.localOf(zone, now).date;
  const until = isDay(last) ? zones.dayOf(zone, last).until : momentIn("to", last);
  const lastDay = zones.localOf(zone, until - 1).date;
  const first = from ?? zones.addDays(lastDay, 1 - DEFAULT_DAYS);
  const begin = isDay(first) ? zones.dayOf(zone, first).from : momentIn("from", first);
  if (begin >= until) throw invalid("from", "must be before to");
  // A day and a bit: one of them may have 25 hours.
  if (until - begin > (MOST_DAYS + 0.5) * DAY_MS) throw invalid("from", `must be at most ${MOST_DAYS} days before to`);
  const period = { from: begin, until };
  if (!isDay(first) || !isDay(last))
    return { period, previous: { from: begin - (until - begin), until: begin }, zones };
  const days = Math.round((Date.parse(lastDay) - Date.parse(first)) / DAY_MS) + 1;
  const previous = { from: zones.dayOf(zone, zones.addDays(first, -days)).from, until: begin };
  return { period, previous, zones };
}

import type { Zoned } from "../../../core/zoned.ts";
import { changeWithin, type Interval, joined, type Opening } from "./openings.ts";
import { type Bookable, openingsFor, type Plan, type Who } from "./plan.ts";

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** Parts of an interval within which a clock is not changed, each with its offset in milliseconds. */
function evenParts(clock: Zoned, zone: string, { from, until }: Interval): (Interval & { offset: number })[] {
  const offsetAt = (at: number) => clock.localOf(zone, at).offsetMinutes * MINUTE;
  const [first, last] = [offsetAt(from), offsetAt(until - 1)];
  if (first === last) return [{ from, until, offset: first }];
  const change = changeWithin(clock, zone, { from, until: until - 1 });
  return [
    { from, until: change, offset: first },
    { from: change, until, offset: last },
  ];
}

/**
 * The moments of an opening at which a clock shows a multiple of `step` after it opened: every hour on the hour stays so when
 * clocks are changed. An hour that comes twice has its slots twice; one that does not come has none.
 */
function gridOf(clock: Zoned, zone: string, opening: Opening, step: number): number[] {
  return evenParts(clock, zone, opening).flatMap(({ from, until, offset }) => {
    const first = opening.anchor - offset;
    const starts: number[] = [];
    for (let at = first + Math.ceil((from - first) / step) * step; at < until; at += step) starts.push(at);
    return starts;
  });
}

/** Nobody's slots follow each other faster. */
const SHORTEST_STEP = 5;

const stepOf = ({ slotIntervalMinutes, bufferBeforeMinutes, durationMinutes, bufferAfterMinutes }: Bookable): number =>
  slotIntervalMinutes ??
  Math.min(DAY_MINUTES, Math.max(SHORTEST_STEP, bufferBeforeMinutes + durationMinutes + bufferAfterMinutes));

/**
 * When appointments with somebody can begin on a local day, in order and each once. They end while it is open: what a day
 * leaves open until midnight goes on with what the next opens at midnight. Every day is worked out once.
 */
export function startsBy(clock: Zoned, plan: Plan): (who: Who, date: string) => number[] {
  const { zone, service } = plan;
  const [step, duration] = [stepOf(service) * MINUTE, service.durationMinutes * MINUTE];
  /** Whose days are nobody else's. */
  const keyOf = ({ id, hours }: Who) =>
    hours !== null || plan.exceptions.some(({ staffId }) => staffId !== null && staffId === id) ? id : "";
  const openings = onceFor(keyOf, (who, date) => openingsFor(clock, plan, who, date));
  return onceFor(keyOf, (who, date) => {
    const around = [-1, 0, 1, 2].map((days) => openings(who, clock.addDays(date, days)));
    const whole = joined(around.flat());
    const day = clock.dayOf(zone, date);
    // What opens on the day, and what the night before it leaves open.
    const starts = around.slice(0, 2).flat();
    const isOpen = (at: number) => whole.some(({ from, until }) => from <= at && at + duration <= until);
    const theirs = starts
      .flatMap((opening) => gridOf(clock, zone, opening, step))
      .filter((at) => day.from <= at && at < day.until && isOpen(at));
    return [...new Set(theirs)].sort((a, b) => a - b);
  });
}

function onceFor<Found>(keyOf: (who: Who) => string | null, find: (who: Who, date: string) => Found) {
  const known = new Map<string, Found>();
  return (who: Who, date: string): Found => {
    const key = `${keyOf(who)} ${date}`;
    const found = known.get(key) ?? find(who, date);
    known.set(key, found);
    return found;
  };
}

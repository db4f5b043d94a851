import type { Zoned } from "../../../core/zoned.ts";
import { type Busy, leftFor } from "../bookings/busy.ts";
import { LONGEST_BUSY_MS } from "../bookings/table.ts";
import type { Bookable, Plan, Who } from "./plan.ts";
import { startsBy } from "./starts.ts";

const MINUTE = 60_000;

/** A time at which an appointment can be, whether or not there is room left. Moments are in milliseconds. */
export interface Slot {
  startAt: number;
  endAt: number;
  /** With whom it would be; `null` with nobody in particular, and where none of several has room. */
  staffId: string | null;
  capacity: number;
  /** How many more people it has room for. */
  left: number;
}

/** What an appointment of a service keeps others out of: itself, and its buffers. */
export function busyOf(service: Bookable, startAt: number) {
  const endAt = startAt + service.durationMinutes * MINUTE;
  const busyFrom = startAt - service.bufferBeforeMinutes * MINUTE;
  return { startAt, endAt, busyFrom, busyUntil: endAt + service.bufferAfterMinutes * MINUTE };
}

/** From when until when appointments can begin, as of now: after the notice, and by the end of the last day of the horizon. */
export function bookableAt(clock: Zoned, { zone, service }: Pick<Plan, "zone" | "service">, now: number) {
  const first = clock.localOf(zone, now).date;
  const last = clock.addDays(first, service.horizonDays);
  return { from: now + service.noticeMinutes * MINUTE, first, last };
}

/** What somebody has left at moments asked for in order. */
function leftBy({ service }: Plan, { id }: Who, theirs: readonly Busy[]): (start: number) => number {
  const later = theirs.filter((it) => it.staffId === id).sort((a, b) => b.busyFrom - a.busyFrom);
  let around: Busy[] = [];
  return (start) => {
    const { startAt, busyFrom, busyUntil } = busyOf(service, start);
    for (let next = later.at(-1); next && next.busyFrom < busyUntil; next = later.at(-1)) {
      around.push(next);
      later.pop();
    }
    around = around.filter((it) => it.busyUntil > busyFrom);
    return leftFor(around, { serviceId: service.id, staffId: id, startAt, busyFrom, busyUntil }, service.capacity);
  };
}

/**
 * The slots of local days: in order, none twice, all that begin within notice and horizon. Each is with the first who has
 * room for `people`.
 */
export function slotsBy(
  clock: Zoned,
  plan: Plan,
  { busy, now, people = 1 }: { busy: readonly Busy[]; now: number; people?: number },
): (date: string) => Slot[] {
  const { service, who } = plan;
  const { capacity } = service;
  const bookable = bookableAt(clock, plan, now);
  const starts = startsBy(clock, plan);
  return (date) => {
    if (date < bookable.first || date > bookable.last) return [];
    const day = clock.dayOf(plan.zone, date);
    const ofDay = busy.filter(
      ({ busyFrom }) => day.from - LONGEST_BUSY_MS < busyFrom && busyFrom < day.until + LONGEST_BUSY_MS,
    );
    const found = new Map<number, Slot>();
    for (const one of who) {
      const leftAt = leftBy(plan, one, ofDay);
      for (const start of starts(one, date)) {
        const before = found.get(start);
        if (start < bookable.from || (before && before.left >= people)) continue;
        const left = leftAt(start);
        if (before && left <= before.left) continue;
        const staffId = left >= people || who.length === 1 ? one.id : null;
        const { startAt, endAt } = busyOf(service, start);
        found.set(start, { startAt, endAt, staffId, capacity, left });
      }
    }
    return [...found.values()].sort((a, b) => a.startAt - b.startAt);
  };
}

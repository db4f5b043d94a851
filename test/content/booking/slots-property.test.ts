import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Busy } from "../../../src/content/booking/bookings/busy.ts";
import type { Week } from "../../../src/content/booking/settings/hours.ts";
import { busyOf, type Slot, slotsBy } from "../../../src/content/booking/slots/engine.ts";
import type { Exception, Plan, Who } from "../../../src/content/booking/slots/plan.ts";
import { type Zoned, zoned } from "../../../src/core/zoned.ts";
import { WEEKDAYS } from "../../../src/rendering/text/weekdays.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

let clock: Zoned;
beforeAll(async () => {
  clock = await zoned();
});

/** Days around both changes of the clock in each of the zones. */
const DAYS = [
  ["Europe/Berlin", "2026-03-28"],
  ["Europe/Berlin", "2026-10-24"],
  ["America/New_York", "2026-03-07"],
  ["America/New_York", "2026-10-31"],
  ["Australia/Lord_Howe", "2026-04-04"],
  ["Australia/Lord_Howe", "2026-10-03"],
  ["Asia/Kathmandu", "2026-06-01"],
] as const;

// What opens or closes while clocks are changed is in a table of its own: which of two times it is, is a matter of words.
const time = fc.constantFrom("00:00", "04:00", "07:30", "09:00", "12:15", "17:00", "20:00", "23:00");
const times = fc.record({ opens: time, closes: time });
const week: fc.Arbitrary<Week> = fc.array(
  fc.record({ days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }), opens: time, closes: time }),
  { minLength: 1, maxLength: 4 },
);
const who: fc.Arbitrary<Who[]> = fc.oneof(
  fc.constant<Who[]>([{ id: null, hours: null }]),
  fc
    .array(fc.option(week), { minLength: 1, maxLength: 3 })
    .map((hours) => hours.map((it, nth) => ({ id: `stf_${nth}`, hours: it }))),
);
const service = fc.record({
  id: fc.constant("svc_1"),
  durationMinutes: fc.oneof(fc.integer({ min: 5, max: 180 }), fc.integer({ min: 180, max: 1_440 })),
  bufferBeforeMinutes: fc.constantFrom(0, 0, 10, 45),
  bufferAfterMinutes: fc.constantFrom(0, 0, 15, 90),
  slotIntervalMinutes: fc.option(fc.constantFrom(15, 20, 30, 60, 95)),
  capacity: fc.integer({ min: 1, max: 4 }),
  noticeMinutes: fc.constantFrom(0, 30, 600),
  horizonDays: fc.constantFrom(1, 1, 2, 30, 0),
});
const situation = fc
  .record({ day: fc.constantFrom(...DAYS), week, who, service, offsets: fc.array(fc.integer({ min: -1, max: 2 })) })
  .chain(({ day: [zone, date], offsets, ...rest }) =>
    fc.record({
      plan: fc.record({
        zone: fc.constant(zone),
        service: fc.constant(rest.service),
        who: fc.constant(rest.who),
        week: fc.constant(rest.week),
        exceptions: fc.tuple(
          ...offsets.slice(0, 3).map((days) =>
            fc.record({
              staffId: fc.constantFrom(null, "stf_0", "stf_1"),
              startDate: fc.constant(plusDays(date, days)),
              endDate: fc.constant(plusDays(date, Math.max(days, 1))),
              hours: fc.array(times, { maxLength: 2 }),
              createdAt: fc.integer({ min: 0, max: 5 }),
            }),
          ),
        ),
      }),
      date: fc.constantFrom(date, plusDays(date, 1)),
      now: fc.integer({ min: 0, max: 1_440 }).map((minutes) => Date.parse(date) + minutes * MINUTE),
      /** Which of the free slots is booked, by how many people. */
      bookings: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 })), { minLength: 2, maxLength: 10 }),
    }),
  );

const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** Whether somebody is there at a time of the clock, told minute by minute and not by intervals. */
function isThere({ week, exceptions }: Plan, { id, hours }: Who, date: string, time: string): boolean {
  const span = (it: Exception) => Date.parse(it.endDate) - Date.parse(it.startDate);
  const named = (staffId: string | null, of: string) =>
    exceptions
      .filter((it) => it.staffId === staffId && it.startDate <= of && of <= it.endDate)
      .reduce<Exception | null>((best, it) => {
        if (!best || span(it) < span(best)) return it;
        return span(it) === span(best) && it.createdAt > best.createdAt ? it : best;
      }, null);
  const weekly = (of: string, from: Week) =>
    from.filter(({ days }) => days.includes(WEEKDAYS[(new Date(of).getUTCDay() + 6) % 7] as (typeof WEEKDAYS)[number]));
  type Hours = readonly { opens: string; closes: string }[];
  const covers = (all: Hours, wasYesterday: boolean) =>
    all.some(({ opens, closes }) => {
      if (wasYesterday) return closes <= opens && time < closes;
      return closes > opens ? opens <= time && time < closes : opens <= time;
    });
  return [date, plusDays(date, -1)].some((of, nth) => {
    const own = id === null ? null : named(id, of);
    const site = named(null, of);
    if (own) return covers(own.hours, nth === 1);
    if (site && hours !== null) return covers(site.hours, nth === 1) && covers(weekly(of, hours), nth === 1);
    return covers(site ? site.hours : weekly(of, hours ?? week), nth === 1);
  });
}

/** When a slot begins, and every quarter of an hour of it: hours begin and end at such. */
function minutesOf({ startAt, endAt }: Slot): number[] {
  const first = Math.ceil(startAt / QUARTER) * QUARTER;
  const length = Math.max(0, Math.ceil((endAt - first) / QUARTER));
  return [startAt, ...Array.from({ length }, (_, nth) => first + nth * QUARTER)];
}

const peopleIn = (some: readonly Busy[]): number => some.reduce((sum, { people }) => sum + people, 0);

/** Nobody is in two places, and nowhere are more than there is room for. */
function expectRoom(busy: readonly Busy[], capacity: number): void {
  for (const one of busy) {
    const meanwhile = busy.filter(
      (it) => it.staffId === one.staffId && it.busyFrom <= one.busyFrom && it.busyUntil > one.busyFrom,
    );
    expect(peopleIn(meanwhile)).toBeLessThanOrEqual(capacity);
    if (one.staffId !== null) expect(meanwhile.every(({ startAt }) => startAt === one.startAt)).toBe(true);
  }
}

describe("slots of whatever is set up", () => {
  it("slots begin once, end, lie within hours, notice and horizon, and never hold more than there is room for", () => {
    let booked = 0;
    fc.assert(
      fc.property(situation, ({ plan, date, now, bookings }) => {
        const { service, zone } = plan;
        const busy: Busy[] = [];
        const slots = () => slotsBy(clock, plan, { busy, now })(date);
        const first = slots();
        expect(first.every(({ startAt }, nth) => nth === 0 || startAt > (first[nth - 1] as Slot).startAt)).toBe(true);
        for (const slot of first) {
          const { startAt, endAt, staffId } = slot;
          expect(endAt - startAt).toBe(service.durationMinutes * MINUTE);
          expect(startAt).toBeGreaterThanOrEqual(now + service.noticeMinutes * MINUTE);
          const local = clock.localOf(zone, startAt);
          expect(local.date).toBe(date);
          const today = clock.localOf(zone, now).date;
          expect(date >= today && date <= plusDays(today, service.horizonDays)).toBe(true);
          const one = plan.who.find(({ id }) => id === staffId) as Who;
          for (const at of minutesOf(slot)) {
            const shown = clock.localOf(zone, at);
            expect(isThere(plan, one, shown.date, shown.time), `${shown.date} ${shown.time}`).toBe(true);
          }
        }
        for (const [nth, people] of bookings) {
          const free = slots().filter(({ left }) => left >= people);
          if (free.length === 0) continue;
          const { startAt, staffId, left } = free[nth % free.length] as Slot;
          const { busyFrom, busyUntil } = busyOf(service, startAt);
          busy.push({ serviceId: service.id, staffId, startAt, busyFrom, busyUntil, people });
          booked += 1;
          expectRoom(busy, service.capacity);
          const one = { ...plan, who: plan.who.filter(({ id }) => id === staffId) };
          const after = slotsBy(clock, one, { busy, now })(date).find((it) => it.startAt === startAt);
          expect(after?.left).toBe(left - people);
        }
        // The times there are do not depend on what is booked.
        expect(slots().map(({ startAt }) => startAt)).toEqual(first.map(({ startAt }) => startAt));
      }),
      { numRuns: 200, seed: 14 },
    );
    expect(booked).toBeGreaterThan(200);
  });
});

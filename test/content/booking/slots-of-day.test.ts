import { beforeAll, describe, expect, it } from "vitest";
import type { Busy } from "../../../src/content/booking/bookings/busy.ts";
import { slotsBy } from "../../../src/content/booking/slots/engine.ts";
import type { Bookable, Exception, Plan, Who } from "../../../src/content/booking/slots/plan.ts";
import type { Week } from "../../../src/content/booking/settings/hours.ts";
import { type Zoned, zoned } from "../../../src/core/zoned.ts";
import { WEEKDAYS } from "../../../src/rendering/text/weekdays.ts";

const HOUR = 3_600_000;
/** Well before all days that are asked for. */
const NOW = Date.parse("2026-01-01T00:00:00Z");

const SERVICE: Bookable = {
  id: "svc_1",
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  slotIntervalMinutes: null,
  capacity: 1,
  noticeMinutes: 0,
  horizonDays: 730,
};
const NOBODY: Who = { id: null, hours: null };

const daily = (opens: string, closes: string): Week[number] => ({ days: [...WEEKDAYS], opens, closes });
const ALWAYS: Week = [daily("00:00", "00:00")];

let clock: Zoned;
beforeAll(async () => {
  clock = await zoned();
});

const planOf = (week: Week, more: Partial<Plan> = {}): Plan => ({
  zone: "Europe/Berlin",
  service: SERVICE,
  who: [NOBODY],
  week,
  exceptions: [],
  ...more,
});

const slotsOf = (plan: Plan, date: string, busy: Busy[] = [], now = NOW, people = 1) =>
  slotsBy(clock, plan, { busy, now, people })(date);

/** When the slots of a day begin and end, by the clock of their zone. */
const shown = (plan: Plan, date: string, busy: Busy[] = [], now = NOW): string[] =>
  slotsOf(plan, date, busy, now).map(({ startAt, endAt }) =>
    [startAt, endAt].map((at) => clock.isoOf(plan.zone, at).slice(11)).join(" "),
  );

const starts = (plan: Plan, date: string, busy: Busy[] = []): string[] =>
  slotsOf(plan, date, busy)
    .filter(({ left }) => left > 0)
    .map(({ startAt }) => clock.localOf(plan.zone, startAt).time);

const exception = (startDate: string, hours: Exception["hours"], more: Partial<Exception> = {}): Exception => ({
  staffId: null,
  startDate,
  endDate: startDate,
  hours,
  createdAt: 0,
  ...more,
});

/** What an hourly service has on days on which clocks are changed, open from one until four at night: zone, date, slots. */
const NIGHTS: [zone: string, date: string, slots: string[]][] = [
  ["Europe/Berlin", "2026-03-29", ["01:00:00+01:00 03:00:00+02:00", "03:00:00+02:00 04:00:00+02:00"]],
  [
    "Europe/Berlin",
    "2026-10-25",
    [
      "01:00:00+02:00 02:00:00+02:00",
      "02:00:00+02:00 02:00:00+01:00",
      "02:00:00+01:00 03:00:00+01:00",
      "03:00:00+01:00 04:00:00+01:00",
    ],
  ],
  ["America/New_York", "2026-03-08", ["01:00:00-05:00 03:00:00-04:00", "03:00:00-04:00 04:00:00-04:00"]],
  [
    "America/New_York",
    "2026-11-01",
    [
      "01:00:00-04:00 01:00:00-05:00",
      "01:00:00-05:00 02:00:00-05:00",
      "02:00:00-05:00 03:00:00-05:00",
      "03:00:00-05:00 04:00:00-05:00",
    ],
  ],
  // Half an hour is left out: what begins at one ends at half past two, and every hour is on the hour again.
  ["Australia/Lord_Howe", "2026-10-04", ["01:00:00+10:30 02:30:00+11:00", "03:00:00+11:00 04:00:00+11:00"]],
  // From half past one on half an hour comes twice.
  [
    "Australia/Lord_Howe",
    "2026-04-05",
    ["01:00:00+11:00 01:30:00+10:30", "02:00:00+10:30 03:00:00+10:30", "03:00:00+10:30 04:00:00+10:30"],
  ],
  [
    "Asia/Kathmandu",
    "2026-03-29",
    ["01:00:00+05:45 02:00:00+05:45", "02:00:00+05:45 03:00:00+05:45", "03:00:00+05:45 04:00:00+05:45"],
  ],
];

/** How many hourly slots a whole day has. */
const DAYS: [zone: string, date: string, slots: number][] = [
  ["Europe/Berlin", "2026-03-28", 24],
  ["Europe/Berlin", "2026-03-29", 23],
  ["Europe/Berlin", "2026-10-25", 25],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-10-04", 23],
  ["Australia/Lord_Howe", "2026-04-05", 24],
  ["Asia/Kathmandu", "2026-10-25", 24],
];

/** When a place opens and closes on such a day whose hours are in what the clock leaves out, or shows twice. */
const EDGES: [zone: string, date: string, opens: string, closes: string, slots: string[]][] = [
  // Open from half past two, which does not come: from three, when that time is over.
  ["Europe/Berlin", "2026-03-29", "02:30", "03:30", ["03:00:00+02:00 03:15:00+02:00", "03:15:00+02:00 03:30:00+02:00"]],
  ["Europe/Berlin", "2026-03-29", "01:45", "02:15", ["01:45:00+01:00 03:00:00+02:00"]],
  ["Europe/Berlin", "2026-03-29", "02:00", "03:00", []],
  // Open until half past two, which comes twice: until the first; and from the first on.
  ["Europe/Berlin", "2026-10-25", "02:15", "02:30", ["02:15:00+02:00 02:30:00+02:00"]],
  ["Australia/Lord_Howe", "2026-10-04", "02:15", "02:45", ["02:30:00+11:00 02:45:00+11:00"]],
];

describe("the slots of a day", () => {
  it.each(NIGHTS)("slots in %s in the night of %s", (zone, date, slots) => {
    expect(shown(planOf([daily("01:00", "04:00")], { zone }), date)).toEqual(slots);
  });

  it.each(DAYS)("a day that is open throughout in %s on %s has %i slots of an hour", (zone, date, count) => {
    const slots = slotsOf(planOf(ALWAYS, { zone }), date);
    expect(slots.length).toBe(count);
    expect(new Set(slots.map(({ startAt }) => startAt)).size).toBe(count);
    expect(slots.every(({ startAt, endAt }) => endAt - startAt === HOUR)).toBe(true);
  });

  it.each(EDGES)("in %s on %s what is open from %s until %s", (zone, date, opens, closes, slots) => {
    const service = { ...SERVICE, durationMinutes: 15 };
    expect(shown(planOf([daily(opens, closes)], { zone, service }), date)).toEqual(slots);
  });

  it("after clocks were changed the day goes on by the clock", () => {
    for (const [zone, date] of NIGHTS) {
      const plan = planOf([daily("09:00", "12:00")], { zone });
      expect(starts(plan, date), `${zone} ${date}`).toEqual(["09:00", "10:00", "11:00"]);
    }
  });

  it("another zone of the website is another day: hours are by the clock there", () => {
    const week = [daily("09:00", "11:00")];
    const utc = (zone: string) =>
      slotsOf(planOf(week, { zone }), "2026-07-01").map(({ startAt }) => new Date(startAt).toISOString().slice(0, 16));
    expect(utc("Europe/Berlin")).toEqual(["2026-07-01T07:00", "2026-07-01T08:00"]);
    expect(utc("Asia/Kathmandu")).toEqual(["2026-07-01T03:15", "2026-07-01T04:15"]);
    expect(utc("America/New_York")).toEqual(["2026-07-01T13:00", "2026-07-01T14:00"]);
  });

  it("what is booked stays where it was booked when the zone becomes another", () => {
    const startAt = Date.parse("2026-07-01T08:00:00Z");
    const booked: Busy = {
      ...{ serviceId: SERVICE.id, staffId: null, people: 1 },
      ...{ startAt, busyFrom: startAt, busyUntil: startAt + HOUR },
    };
    const week = [daily("09:00", "13:00")];
    // Ten o'clock in Berlin is a quarter to two in Kathmandu, and four in the morning in New York.
    expect(starts(planOf(week), "2026-07-01", [booked])).toEqual(["09:00", "11:00", "12:00"]);
    expect(starts(planOf(week, { zone: "Asia/Kathmandu" }), "2026-07-01", [booked])).toHaveLength(4);
    expect(starts(planOf([daily("03:00", "06:00")], { zone: "America/New_York" }), "2026-07-01", [booked])).toEqual([
      "03:00",
      "05:00",
    ]);
  });

  it("appointments begin at every interval, and end before it closes", () => {
    const service = { ...SERVICE, durationMinutes: 45, slotIntervalMinutes: 30 };
    expect(starts(planOf([daily("09:00", "11:00")], { service }), "2026-06-01")).toEqual(["09:00", "09:30", "10:00"]);
  });

  it("without an interval appointments follow each other, with their buffers", () => {
    const service = { ...SERVICE, bufferAfterMinutes: 15 };
    expect(starts(planOf([daily("09:00", "12:00")], { service }), "2026-06-01")).toEqual(["09:00", "10:15"]);
  });

  it("hours past midnight are of the day they begin on; slots of the day they begin on themselves", () => {
    const plan = planOf([{ days: ["friday"], opens: "22:00", closes: "02:00" }]);
    expect(starts(plan, "2026-06-05")).toEqual(["22:00", "23:00"]);
    expect(starts(plan, "2026-06-06")).toEqual(["00:00", "01:00"]);
    expect(starts(plan, "2026-06-07")).toEqual([]);
  });

  it("what closes at midnight and opens at midnight does not close: an appointment can pass it", () => {
    const service = { ...SERVICE, durationMinutes: 120 };
    const plan = planOf([daily("20:00", "00:00"), daily("00:00", "02:00")], { service });
    expect(shown({ ...plan, service: { ...service, slotIntervalMinutes: 60 } }, "2026-06-05").at(-1)).toBe(
      "23:00:00+02:00 01:00:00+02:00",
    );
  });

  it("hours that overlap give each time once", () => {
    const plan = planOf([daily("09:00", "12:00"), daily("10:00", "13:00")]);
    expect(starts(plan, "2026-06-01")).toEqual(["09:00", "10:00", "11:00", "12:00"]);
  });

  it("notice and horizon bound what can be booked", () => {
    const service = { ...SERVICE, noticeMinutes: 90, horizonDays: 1 };
    const plan = planOf([daily("09:00", "13:00")], { service });
    const now = Date.parse("2026-06-01T08:00:00Z"); // ten o'clock in Berlin
    expect(shown(plan, "2026-06-01", [], now)).toEqual(["12:00:00+02:00 13:00:00+02:00"]);
    expect(shown(plan, "2026-06-02", [], now)).toHaveLength(4);
    expect(shown(plan, "2026-06-03", [], now)).toEqual([]);
    expect(shown(plan, "2026-05-31", [], now)).toEqual([]);
  });

  it("an exception closes a day, or opens it at other times; of several the one of fewer days, then the newest", () => {
    const week = [daily("09:00", "11:00")];
    const closed = exception("2026-06-01", [], { endDate: "2026-06-30" });
    const special = exception("2026-06-10", [{ opens: "14:00", closes: "16:00" }]);
    const newer = exception("2026-06-10", [{ opens: "18:00", closes: "19:00" }], { createdAt: 1 });
    expect(starts(planOf(week, { exceptions: [closed] }), "2026-06-10")).toEqual([]);
    expect(starts(planOf(week, { exceptions: [closed, special] }), "2026-06-10")).toEqual(["14:00", "15:00"]);
    expect(starts(planOf(week, { exceptions: [newer, special, closed] }), "2026-06-10")).toEqual(["18:00"]);
    expect(starts(planOf(week, { exceptions: [closed, special] }), "2026-07-01")).toEqual(["09:00", "10:00"]);
  });

  it("staff work their own hours, within the website's exceptions, and by exceptions of their own", () => {
    const own: Who = { id: "stf_1", hours: [daily("10:00", "14:00")] };
    const plan = planOf([daily("09:00", "11:00")], { who: [own] });
    const short = exception("2026-06-10", [{ opens: "12:00", closes: "18:00" }]);
    const theirs = exception("2026-06-10", [{ opens: "20:00", closes: "21:00" }], { staffId: "stf_1" });
    const others = exception("2026-06-10", [], { staffId: "stf_2" });
    expect(starts(plan, "2026-06-10")).toEqual(["10:00", "11:00", "12:00", "13:00"]);
    expect(starts({ ...plan, exceptions: [short, others] }, "2026-06-10")).toEqual(["12:00", "13:00"]);
    expect(starts({ ...plan, exceptions: [short, theirs] }, "2026-06-10")).toEqual(["20:00"]);
  });

  it("of several who do a service each time is shown once, with the first who has room", () => {
    const who = [
      { id: "stf_1", hours: null },
      { id: "stf_2", hours: [daily("10:00", "12:00")] },
    ];
    const plan = planOf([daily("09:00", "11:00")], { who });
    const at = (time: string) => clock.instantOf("Europe/Berlin", "2026-06-10", time);
    const busy = (staffId: string, time: string): Busy => ({
      ...{ serviceId: "svc_other", staffId, people: 1, startAt: at(time) },
      ...{ busyFrom: at(time), busyUntil: at(time) + HOUR },
    });
    const named = (found: ReturnType<typeof slotsOf>) => found.map(({ staffId, left }) => [staffId, left]);
    expect(named(slotsOf(plan, "2026-06-10"))).toEqual([
      ["stf_1", 1],
      ["stf_1", 1],
      ["stf_2", 1],
    ]);
    expect(named(slotsOf(plan, "2026-06-10", [busy("stf_1", "10:00")]))).toEqual([
      ["stf_1", 1],
      ["stf_2", 1],
      ["stf_2", 1],
    ]);
    expect(named(slotsOf(plan, "2026-06-10", [busy("stf_1", "10:00"), busy("stf_2", "10:30")]))).toEqual([
      ["stf_1", 1],
      [null, 0],
      [null, 0],
    ]);
  });

  it("buffers keep appointments apart, on both sides", () => {
    const service = { ...SERVICE, bufferBeforeMinutes: 15, bufferAfterMinutes: 15, slotIntervalMinutes: 15 };
    const at = (time: string) => clock.instantOf("Europe/Berlin", "2026-06-10", time);
    const booked: Busy = {
      ...{ serviceId: SERVICE.id, staffId: null, people: 1, startAt: at("11:00") },
      ...{ busyFrom: at("10:45"), busyUntil: at("12:15") },
    };
    const free = starts(planOf([daily("09:00", "14:00")], { service }), "2026-06-10", [booked]);
    expect(free).toEqual(["09:00", "09:15", "09:30", "12:30", "12:45", "13:00"]);
  });
});

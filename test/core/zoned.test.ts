import { beforeAll, describe, expect, it } from "vitest";
import { type Zoned, zoned, zoneOf } from "../../src/core/zoned.ts";

const HOUR = 3_600_000;

/** Local times and the moments they are, by the tz database: zone, date, time, moment in UTC, what the clock shows then. */
const MOMENTS: [zone: string, date: string, time: string, utc: string, iso: string][] = [
  // 2026-03-29 02:00 +01:00 becomes 03:00 +02:00: half past two does not come, and is half past three.
  ["Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59:00Z", "2026-03-29T01:59:00+01:00"],
  ["Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"],
  ["Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z", "2026-03-29T03:30:00+02:00"],
  ["Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"],
  // 2026-10-25 03:00 +02:00 becomes 02:00 +01:00: half past two comes twice, and is the first.
  ["Europe/Berlin", "2026-10-25", "01:59", "2026-10-24T23:59:00Z", "2026-10-25T01:59:00+02:00"],
  ["Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"],
  ["Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00+01:00"],
  ["America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00Z", "2026-03-08T01:59:00-05:00"],
  ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z", "2026-03-08T03:30:00-04:00"],
  ["America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00"],
  ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00"],
  ["America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z", "2026-11-01T02:00:00-05:00"],
  // Lord Howe changes by half an hour: 02:00 +11:00 becomes 01:30 +10:30 in April, 02:00 becomes 02:30 in October.
  ["Australia/Lord_Howe", "2026-04-05", "01:15", "2026-04-04T14:15:00Z", "2026-04-05T01:15:00+11:00"],
  ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z", "2026-04-05T01:45:00+11:00"],
  ["Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04T15:30:00Z", "2026-04-05T02:00:00+10:30"],
  ["Australia/Lord_Howe", "2026-10-04", "01:59", "2026-10-03T15:29:00Z", "2026-10-04T01:59:00+10:30"],
  ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z", "2026-10-04T02:45:00+11:00"],
  ["Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30:00Z", "2026-10-04T02:30:00+11:00"],
  ["Asia/Kathmandu", "2026-03-29", "02:30", "2026-03-28T20:45:00Z", "2026-03-29T02:30:00+05:45"],
  ["Asia/Kathmandu", "2026-10-25", "24:00", "2026-10-25T18:15:00Z", "2026-10-26T00:00:00+05:45"],
  ["UTC", "2026-12-31", "24:00", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00+00:00"],
];

/** How many hours a local day has. */
const LENGTHS: [zone: string, date: string, hours: number][] = [
  ["Europe/Berlin", "2026-03-28", 24],
  ["Europe/Berlin", "2026-03-29", 23],
  ["Europe/Berlin", "2026-10-25", 25],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["Asia/Kathmandu", "2026-03-29", 24],
  // The clock goes from 24:00 to 01:00: the day has no midnight.
  ["Africa/Cairo", "2026-04-24", 23],
];

describe("local times", () => {
  let clock: Zoned;
  beforeAll(async () => {
    clock = await zoned();
  });

  it.each(MOMENTS)("%s %s %s is the moment %s", (zone, date, time, utc, iso) => {
    const at = clock.instantOf(zone, date, time);
    expect([new Date(at).toISOString(), clock.isoOf(zone, at)]).toEqual([new Date(utc).toISOString(), iso]);
    const local = clock.localOf(zone, at);
    expect(`${local.date}T${local.time}`).toBe(iso.slice(0, 16));
  });

  it.each(LENGTHS)("%s has in %s a day of %d hours", (zone, date, hours) => {
    const { from, until } = clock.dayOf(zone, date);
    expect((until - from) / HOUR).toBe(hours);
    expect(clock.localOf(zone, from).date).toBe(date);
    expect(clock.localOf(zone, until - 1).date).toBe(date);
    expect(clock.localOf(zone, until).date).toBe(clock.addDays(date, 1));
  });

  it("an hour that comes twice is told apart by its offset", () => {
    const first = clock.instantOf("Europe/Berlin", "2026-10-25", "02:30");
    expect([first, first + HOUR].map((at) => clock.isoOf("Europe/Berlin", at))).toEqual([
      "2026-10-25T02:30:00+02:00",
      "2026-10-25T02:30:00+01:00",
    ]);
    expect([first, first + HOUR].map((at) => clock.localOf("Europe/Berlin", at))).toEqual([
      { date: "2026-10-25", time: "02:30", offsetMinutes: 120, weekday: 7 },
      { date: "2026-10-25", time: "02:30", offsetMinutes: 60, weekday: 7 },
    ]);
  });

  it("days are added by the calendar, whatever clocks do", () => {
    expect(clock.addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(clock.addDays("2026-03-29", -1)).toBe("2026-03-28");
    expect([clock.weekdayOf("2026-03-30"), clock.weekdayOf("2026-03-29")]).toEqual([1, 7]);
  });

  it("what is no date, time or zone is refused", () => {
    for (const [zone, date, time] of [
      ["Europe/Berlin", "2026-02-30", "10:00"],
      ["Europe/Berlin", "2026-02-28", "24:01"],
      ["Europe/Atlantis", "2026-02-28", "10:00"],
    ] as const)
      expect(() => clock.instantOf(zone, date, time), `${zone} ${date} ${time}`).toThrow(RangeError);
  });

  it("a website without a time zone lives in UTC", () => {
    const settings = [
      {},
      { timezone: "" },
      { timezone: null },
      { timezone: "Mars/Base" },
      { timezone: "Asia/Kathmandu" },
    ];
    expect(settings.map(zoneOf)).toEqual(["UTC", "UTC", "UTC", "UTC", "Asia/Kathmandu"]);
  });
});

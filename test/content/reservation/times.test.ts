import { describe, expect, it } from "vitest";
import { servicesOn } from "../../../src/content/reservation/settings/services.ts";
import {
  durationOf,
  ReservationSettingsSchema,
  reservationSettingsOf,
} from "../../../src/content/reservation/settings/settings.ts";
import { placeOf, timesOf } from "../../../src/content/reservation/times/times.ts";

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** The times of a day as `18:00=2026-12-04T17:00Z`. */
async function times(timezone: string, date: string, reservation: object): Promise<string[]> {
  const place = await placeOf({ settings: { timezone, reservation } });
  return timesOf(place, date).map(({ time, startAt }) => `${time}=${new Date(startAt).toISOString().slice(11, 16)}`);
}

const between = (from: string, until: string, slotIntervalMinutes: number) => ({
  services: [{ name: "Night", weekdays: EVERY_DAY, from, until }],
  slotIntervalMinutes,
});

describe("the times of a day", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28", "01:00=00:00 02:00=01:00 03:00=02:00"],
    ["Europe/Berlin", "2026-03-29", "01:00=00:00 03:00=01:00"],
    ["Europe/Berlin", "2026-10-25", "01:00=23:00 02:00=00:00 03:00=02:00"],
    ["America/New_York", "2026-03-08", "01:00=06:00 03:00=07:00"],
    ["America/New_York", "2026-11-01", "01:00=05:00 02:00=07:00 03:00=08:00"],
    ["Australia/Lord_Howe", "2026-10-04", "01:00=14:30 03:00=16:00"],
    ["Australia/Lord_Howe", "2026-04-05", "01:00=14:00 02:00=15:30 03:00=16:30"],
    ["Asia/Kathmandu", "2026-03-29", "01:00=19:15 02:00=20:15 03:00=21:15"],
    ["", "2026-03-29", "01:00=01:00 02:00=02:00 03:00=03:00"],
  ])("in %s on %s are those that the clock shows, each once", async (zone, date, expected) => {
    expect((await times(zone, date, between("01:00", "03:00", 60))).join(" ")).toBe(expected);
  });

  it("are those of all services of its weekday, each once and in their order", async () => {
    const services = [
      { name: "Dinner", weekdays: [5, 6], from: "18:00", until: "19:00" },
      { name: "Lunch", weekdays: [5], from: "12:00", until: "12:30" },
      { name: "Late", weekdays: [5], from: "18:30", until: "19:30" },
    ];
    const shown = async (date: string) => (await times("UTC", date, { services })).map((it) => it.slice(0, 5));
    expect(await shown("2026-12-04")).toEqual(["12:00", "12:30", "18:00", "18:30", "19:00", "19:30"]);
    expect(await shown("2026-12-05")).toEqual(["18:00", "18:30", "19:00"]);
    expect(await shown("2026-12-06")).toEqual([]);
  });

  it("of an exception are its own; the last one that is for a day holds", () => {
    const dinner = { name: "Dinner", from: "18:00", until: "21:00" };
    const brunch = { name: "Brunch", from: "10:00", until: "13:00" };
    const settings = {
      services: [{ ...dinner, weekdays: EVERY_DAY }],
      exceptions: [
        { from: "2026-12-24", until: "2026-12-26", services: [] },
        { from: "2026-12-26", until: null, services: [brunch] },
      ],
    };
    const names = ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27"].map((date) =>
      servicesOn(settings, date, 1).map(({ name }) => name),
    );
    expect(names).toEqual([["Dinner"], [], [], ["Brunch"], ["Dinner"]]);
  });
});

describe("the settings", () => {
  it("a party has its table as long as the entry for the most people that fits says", () => {
    const durations = [
      { partySize: 7, minutes: 180 },
      { partySize: 3, minutes: 120 },
    ];
    const settings = ReservationSettingsSchema.parse({ durationMinutes: 90, durations });
    expect([1, 2, 3, 6, 7, 20].map((size) => durationOf(settings, size) / 60_000)).toEqual([
      90, 90, 120, 120, 180, 180,
    ]);
  });

  it("that were stored before and are none say that nothing can be reserved", () => {
    expect(reservationSettingsOf({ settings: { reservation: "yes" } }).services).toEqual([]);
    expect(reservationSettingsOf({ settings: {} }).autoConfirm).toBe(true);
  });

  it.each([
    [
      "a weekday that there is not",
      { services: [{ name: "A", weekdays: [8], from: "12:00", until: "13:00" }] },
      "services.0.weekdays.0",
    ],
    [
      "a weekday twice",
      { services: [{ name: "A", weekdays: [1, 1], from: "12:00", until: "13:00" }] },
      "services.0.weekdays",
    ],
    [
      "an end before its beginning",
      { services: [{ name: "A", weekdays: [1], from: "14:00", until: "13:00" }] },
      "services.0.until",
    ],
    [
      "a time that there is not",
      { services: [{ name: "A", weekdays: [1], from: "24:00", until: "25:00" }] },
      "services.0.from",
    ],
    ["a day that there is not", { exceptions: [{ from: "2026-02-30" }] }, "exceptions.0.from"],
    ["more than all seats", { walkInBuffer: { unit: "percent", amount: 101 } }, "walkInBuffer.amount"],
    ["an address that is none", { notifyEmail: "nobody" }, "notifyEmail"],
  ])("are refused with %s, by the name of the field", (_, settings, field) => {
    const { error } = ReservationSettingsSchema.safeParse(settings);
    expect(error?.issues.map(({ path }) => path.join("."))).toContain(field);
  });
});

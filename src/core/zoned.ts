import type { Temporal } from "temporal-polyfill/implementation";

/** A wall clock: `{ date: "2026-03-29", time: "03:30", offsetMinutes: 120, weekday: 7 }`; Monday is 1. */
export interface Local {
  date: string;
  time: string;
  offsetMinutes: number;
  weekday: number;
}

/** Times of a place, by the rules of its IANA zone. Dates are `YYYY-MM-DD`; what is none throws a `RangeError`. */
export interface Zoned {
  /**
   * Milliseconds of a local time, `HH:MM` up to `24:00`. A time that the clock leaves out is as long after the gap began
   * as it says; of one that comes twice it is the first ("compatible", as iCalendar and Temporal have it).
   */
  instantOf(zone: string, date: string, time: string): number;
  /** What the clock shows at a moment. */
  localOf(zone: string, at: number): Local;
  /** Adds days to a date: plain calendar. */
  addDays(date: string, days: number): string;
  /** Which day of the week a date is; Monday is 1. */
  weekdayOf(date: string): number;
  /** First moment of a local day, and of the next: 23, 24 or 25 hours apart, or whatever the zone made of that day. */
  dayOf(zone: string, date: string): { from: number; until: number };
  /** ISO 8601 with the zone's offset at that moment: `2026-03-29T03:30:00+02:00`. */
  isoOf(zone: string, at: number): string;
}

let loaded: Zoned | undefined;

/**
 * The clocks of the world. Loaded when first asked for, as only few requests are about local times. Never the runtime's
 * own Temporal: deployed and local ones do not have the same.
 */
export async function zoned(): Promise<Zoned> {
  // The module is kept, not the promise of it, which would belong to the request that asked first.
  loaded ??= zonedBy((await import("temporal-polyfill/implementation")).Temporal);
  return loaded;
}

/** The time zone a website lives in, as its settings say; `UTC` without one, and for a name that means nothing (any more). */
export function zoneOf({ timezone }: Readonly<Record<string, unknown>>): string {
  if (typeof timezone !== "string" || timezone === "") return "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return timezone;
  } catch {
    return "UTC";
  }
}

function zonedBy({ Instant, PlainDate, PlainTime }: typeof Temporal): Zoned {
  const clock = (zone: string, at: number) => Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const startOf = (zone: string, date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  const addDays = (date: string, days: number) => PlainDate.from(date).add({ days });
  return {
    instantOf(zone, date, time) {
      if (time === "24:00") return startOf(zone, addDays(date, 1));
      return PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: PlainTime.from(time) })
        .epochMilliseconds;
    },
    localOf(zone, at) {
      const it = clock(zone, at);
      return {
        date: it.toPlainDate().toString(),
        time: it.toPlainTime().toString({ smallestUnit: "minute" }),
        offsetMinutes: Math.round(it.offsetNanoseconds / 60e9),
        weekday: it.dayOfWeek,
      };
    },
    addDays: (date, days) => addDays(date, days).toString(),
    weekdayOf: (date) => PlainDate.from(date).dayOfWeek,
    dayOf: (zone, date) => ({ from: startOf(zone, addDays(date, 0)), until: startOf(zone, addDays(date, 1)) }),
    isoOf: (zone, at) => clock(zone, at).toString({ smallestUnit: "second", timeZoneName: "never" }),
  };
}

import { clockLocale } from "../../core/clock-locale.ts";

/** How moments and days are told where the site is, in a language of visitors. */
export interface Moments {
  /** A day as `YYYY-MM-DD`: “Tuesday, 1 December 2026”. */
  day(date: string): string;
  /** The same in few words: “Tue, 1 Dec”. */
  shortDay(date: string): string;
  /** The time of a moment: “10:30”. */
  time(at: number): string;
  /** A moment's day and time. */
  moment(at: number): string;
  /** From when until when, within a day or over midnight. */
  span(from: number, until: number): string;
  /** What the site's clock is called: “Central European Time (Europe/Berlin)”. */
  zoneName: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Formats that are kept: a site has few languages and one zone. */
const MAX_KEPT = 500;

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  if (formats.size < MAX_KEPT) formats.set(key, made);
  return made;
}

/** A day of a calendar is no moment: it is told as it is, whatever the zone. */
const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** A zone is called the same all year; how, depends on whether its clock is changed in these times. */
const OF_NAMES = Date.UTC(2026, 6, 1);

/** Tells moments by the clock of a zone, an IANA name. */
export function momentsIn(language: string, timeZone: string): Moments {
  const locale = clockLocale(language, timeZone);
  const of = (options: Intl.DateTimeFormatOptions) => formatOf(locale, { timeZone, ...options });
  const long = of({ dateStyle: "full", timeStyle: "short" });
  const named = of({ timeZoneName: "longGeneric" }).formatToParts(OF_NAMES);
  const name = named.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  return {
    day: (date) => formatOf(locale, { timeZone: "UTC", dateStyle: "full" }).format(noon(date)),
    shortDay: (date) =>
      formatOf(locale, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(noon(date)),
    time: (at) => of({ timeStyle: "short" }).format(at),
    moment: (at) => long.format(at),
    span: (from, until) => long.formatRange(from, until),
    zoneName: name === timeZone ? timeZone : `${name} (${timeZone})`,
  };
}

/** Minutes as a length of time: “1 hr 30 min”. */
export function lengthOf(locale: string, minutes: number): string {
  const unit = (value: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? unit(hours, "hour") : "", rest > 0 || hours === 0 ? unit(rest, "minute") : ""]
    .filter((it) => it !== "")
    .join(" ");
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Days of the week as settings and blocks name them, the first one first. */
export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The name of a day of the week in a language: 0 is Monday. */
export const weekdayName = (day: number, locale: string, weekday: "long" | "short" = "long"): string =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(new Date(MONDAY + day * DAY_MS));

/** Days in short, those that follow each other as one span: `Mon – Fri, Sun`. */
export function weekdaySpans(days: readonly string[], locale: string): string {
  const numbers = WEEKDAYS.flatMap((it, day) => (days.includes(it) ? [day] : []));
  const spans: [first: number, last: number][] = [];
  for (const day of numbers) {
    const span = spans.at(-1);
    if (span && span[1] === day - 1) span[1] = day;
    else spans.push([day, day]);
  }
  const named = (day: number) => weekdayName(day, locale, "short");
  return spans
    .map(([first, last]) => {
      if (first === last) return named(first);
      return `${named(first)}${last === first + 1 ? ", " : " – "}${named(last)}`;
    })
    .join(", ");
}

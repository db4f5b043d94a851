import { DAYS_OF_WEEK, type DayOfWeek, type OpeningTime } from "./facts.ts";

/** Names under which a block of opening hours has its days. */
const DAYS = new Map<string, readonly DayOfWeek[]>([
  ...DAYS_OF_WEEK.map((day) => [day.toLowerCase(), [day]] as const),
  ["weekdays", DAYS_OF_WEEK.slice(0, 5)],
]);

const MOMENT = /(\d{1,2})(?:\s?[:.h]\s?(\d{2}))?\s*(?:(am|pm)|uhr|uur|h)?/.source;
const SPAN = new RegExp(`^${MOMENT}\\s*(?:[-–—]|to|bis|tot|à)\\s*${MOMENT}$`);

/** A moment of the day as `HH:MM`; `null` where there is no such moment. The end of a day is its last minute. */
function moment(hours = "", minutes = "00", half = ""): string | null {
  const hour = half === "" ? Number(hours) : (Number(hours) % 12) + (half === "pm" ? 12 : 0);
  if (half !== "" && (Number(hours) > 12 || Number(hours) < 1)) return null;
  if (hour === 24 && minutes === "00") return "23:59";
  return hour < 24 && Number(minutes) < 60 ? `${String(hour).padStart(2, "0")}:${minutes}` : null;
}

/**
 * Opening times as people write them (`9:00–12:30, 14–18`, `9 am – 5 pm`). A text that says anything else is no such
 * time: what depends on more than the hour is better left unsaid.
 */
export function openingTimes(day: string, text: string): OpeningTime[] {
  const days = DAYS.get(day);
  if (!days || text.length > 200) return [];
  const spans = text
    .toLowerCase()
    .split(/[,;/&\n]| and | und | en /)
    .map((part) => SPAN.exec(part.trim()));
  const times = spans.map((span) => {
    if (!span) return null;
    const [, from, fromMinutes, fromHalf, until, untilMinutes, untilHalf] = span;
    // `9–5 pm` may be meant in two ways.
    if ((fromHalf === undefined) !== (untilHalf === undefined)) return null;
    const opens = moment(from, fromMinutes, fromHalf);
    const closes = moment(until, untilMinutes, untilHalf);
    return opens && closes && opens !== closes ? { days: [...days], opens, closes } : null;
  });
  return times.every((it) => it !== null) ? times : [];
}

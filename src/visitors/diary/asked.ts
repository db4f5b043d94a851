import type { Diary } from "./diary.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A day that an address or a form names, kept within the first and the last that can be asked for; else the first. */
export function dayIn(text: string, { first, last }: { first: string; last: string }): string {
  const isDay = DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
  if (!isDay || text < first) return first;
  return text > last ? last : text;
}

/** A moment as addresses and forms of ours name it, in milliseconds since the epoch; `null` for anything else. */
export function momentIn(text: string): number | null {
  const at = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** From today to the last day that can be booked. */
export const spanOf = ({ clock, today }: Diary, days: number): { first: string; last: string } => ({
  first: today,
  last: clock.addDays(today, days),
});

/** A whole number within limits; `usual` for anything else. */
export function numberIn(text: string, { min, max, usual }: { min: number; max: number; usual: number }): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : usual;
  return Math.min(Math.max(value, min), max);
}

/** What the address of a visit names. */
export const asked = ({ request }: { request: Request }, name: string): string =>
  new URL(request.url).searchParams.get(name) ?? "";

const SECOND_MS = 1_000;

/** The three forms of an HTTP date begin with the day's name; `Date.parse` alone makes a date of `-5` or `1.5` too. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3); `null` for anything else. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,10}\s*$/.test(header)) return Number(header) * SECOND_MS;
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

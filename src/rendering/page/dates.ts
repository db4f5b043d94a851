/** A moment that a document shows without saying which day it was: that depends on the site's time zone. */
const UNSAID = /<time datetime="([^"]*)"><\/time>/g;

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Days in the words of a language; `null` for a time zone there is not. */
function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat | null {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = newFormat(locale, timeZone);
  if (formats.size < 1_000) formats.set(key, made);
  return made;
}

function newFormat(locale: string, timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  } catch {
    return null;
  }
}

/** Says the day of each moment as it was where the site is: in its own time zone, or in UTC where it names none. */
export function daysIn(html: string, locale: string, timeZone: string | null): string {
  const format = (timeZone !== null && formatOf(locale, timeZone)) || formatOf(locale, "UTC");
  return html.replace(UNSAID, (written, moment: string) => {
    const date = new Date(moment);
    if (!format || Number.isNaN(date.getTime())) return written;
    return `<time datetime="${moment}">${format.format(date)}</time>`;
  });
}

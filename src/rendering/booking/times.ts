import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { clockLocale } from "../../core/clock-locale.ts";
import type { Moments } from "./moments.ts";
import type { OtherDay } from "./day-picker.ts";
import type { BookingWords } from "./words.ts";

/** A time that can be had. Moments are in milliseconds since the epoch. */
export interface FreeTime {
  startAt: number;
  endAt: number;
  /** Places left where several share it; `null` where it is one's own. */
  left: number | null;
}

/** The times of a day. */
export interface DayOfTimes {
  date: string;
  times: readonly FreeTime[];
  /** Where nothing is free, the next day on which something is. */
  next: OtherDay | null;
}

/** What names a time in an address or a form: it begins then, and no clock is set back on it. */
export const nameOfTime = (at: number): string => new Date(at).toISOString();

/** Times by the clock. Where the clock shows two of them alike, as it does when it is set back, each says by which it is. */
function labelsOf(times: readonly FreeTime[], moments: Moments, locale: string, timeZone: string): string[] {
  const plain = times.map(({ startAt }) => moments.time(startAt));
  if (new Set(plain).size === plain.length) return plain;
  const named = new Intl.DateTimeFormat(clockLocale(locale, timeZone), {
    hour: "numeric",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  });
  return times.map(({ startAt }, index) =>
    plain.filter((it) => it === plain[index]).length > 1 ? named.format(startAt) : (plain[index] as string),
  );
}

/** The level of a heading. */
type Level = "h2" | "h3" | "h4";

const heading = (level: Level, text: string): Html =>
  ({ h2: html`<h2>${text}</h2>`, h3: html`<h3>${text}</h3>`, h4: html`<h4>${text}</h4>` })[level];

interface Shown {
  locale: string;
  timeZone: string;
  words: BookingWords;
  moments: Moments;
}

const placesLeft = (left: number | null, words: BookingWords): Html =>
  left === null ? nothing : html` <small>${words.left.replace("{count}", String(left))}</small>`;

/** The free times of a day as links, or where to find the next ones; `contact` says how to ask for others. */
export function timeLinks(
  { date, times, next }: DayOfTimes,
  hrefOf: (time: FreeTime) => string,
  { locale, timeZone, words, moments, level = "h2", contact = nothing }: Shown & { level?: Level; contact?: Html },
): Html {
  const day = moments.day(date);
  if (times.length === 0) {
    const way = next
      ? html`<a href="${next.href}">${words.nextFree.replace("{date}", moments.day(next.date))}</a>`
      : html`${words.noneSoon}${contact}`;
    return html`<div class="empty">${heading(level, words.noneOn.replace("{date}", day))}<p>${way}</p></div>`;
  }
  const labels = labelsOf(times, moments, locale, timeZone);
  const entries = times.map(
    (it, index) =>
      html`<li><a href="${hrefOf(it)}" rel="nofollow"><time datetime="${nameOfTime(it.startAt)}">${labels[index] as string}</time>${placesLeft(it.left, words)}</a></li>`,
  );
  return html`${heading(level, words.freeOn.replace("{date}", day))}<ul class="times">${entries}</ul><p class="zone">${words.zone.replace("{zone}", moments.zoneName)}</p>`;
}

/** The same as one choice of a form, whose field is called `time`. */
export function timeChoices(
  times: readonly FreeTime[],
  chosen: string,
  { locale, timeZone, words, moments }: Shown,
): Html {
  const labels = labelsOf(times, moments, locale, timeZone);
  const entries = times.map((it, index) => {
    const name = nameOfTime(it.startAt);
    return html`<label class="choice"><input type="radio" name="time" value="${name}"${name === chosen ? raw(" checked") : nothing} required><span>${labels[index] as string}${placesLeft(it.left, words)}</span></label>`;
  });
  return html`<div class="choices">${entries}</div><p class="zone">${words.zone.replace("{zone}", moments.zoneName)}</p>`;
}

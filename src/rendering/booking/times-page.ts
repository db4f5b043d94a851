import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { type DayPicker, dayPicker } from "./day-picker.ts";
import { momentsIn } from "./moments.ts";
import { type DayOfTimes, type FreeTime, timeLinks } from "./times.ts";
import type { BookingWords } from "./words.ts";

/** The page on which a time is chosen. */
export interface TimesPage {
  locale: string;
  timeZone: string;
  words: BookingWords;
  title: string;
  /** What there is to know of it: its length and price. */
  facts: Html;
  description: string | null;
  picker: DayPicker;
  day: DayOfTimes;
  hrefOf(time: FreeTime): string;
  /** Said of a form that has led here. */
  notice: string | null;
  /** How the business is reached. */
  contact: Html;
  /** The way back. */
  back: { href: string; label: string } | null;
}

/** The main part of a page on which a time is chosen: of a service, or for a table. */
export function timesMain(page: TimesPage): Html {
  const { locale, timeZone, words, title, facts, description, picker, day, hrefOf, notice, contact, back } = page;
  const moments = momentsIn(locale, timeZone);
  return html`<section class="block booking"><h1>${title}</h1>${facts}
${description ? html`<p class="lead">${lined(description)}</p>` : nothing}
${notice ? html`<p class="notice" role="alert">${notice}</p>` : nothing}
${dayPicker(picker, words, moments)}
<div class="free">${timeLinks(day, hrefOf, { locale, timeZone, words, moments, contact })}</div>
${back ? html`<p><a href="${back.href}">${back.label}</a></p>` : nothing}</section>`;
}

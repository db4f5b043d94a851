import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { type Problem, problemSummary } from "../shop/form.ts";
import { type DayPicker, dayPicker } from "./day-picker.ts";
import { momentsIn } from "./moments.ts";
import { type DayOfTimes, timeChoices, timeLinks } from "./times.ts";
import type { BookingWords } from "./words.ts";

/** The page on which a booking gets another time. */
export interface MovePage {
  locale: string;
  timeZone: string;
  words: BookingWords;
  what: string | null;
  /** When it is now. */
  startAt: number;
  endAt: number;
  picker: DayPicker;
  day: DayOfTimes;
  /** Where the form is sent: the page's own address. */
  action: string;
  /** The booking's page. */
  back: string;
  problems: readonly Problem[];
  /** How the business is reached. */
  contact: Html;
}

/** The main part of the page on which another time is chosen. */
export function moveMain(page: MovePage): Html {
  const { locale, timeZone, words, what, startAt, endAt, picker, day, action, back, problems, contact } = page;
  const moments = momentsIn(locale, timeZone);
  const shown = { locale, timeZone, words, moments };
  const times =
    day.times.length === 0
      ? timeLinks(day, () => "", { ...shown, contact })
      : html`<form class="details" method="post" action="${action}"><fieldset id="field-time"><legend>${words.freeOn.replace("{date}", moments.day(day.date))}</legend>${timeChoices(day.times, "", shown)}</fieldset>
<p class="action"><button class="button" type="submit">${words.moveHere}</button></p></form>`;
  return html`<section class="block booking"><h1>${words.move}</h1>${problemSummary(words.problems, problems)}
<p>${what ? html`<strong>${what}</strong><br>` : nothing}${moments.span(startAt, endAt)}</p>
${dayPicker(picker, words, moments)}<div class="free">${times}</div><p><a href="${back}">${words.back}</a></p></section>`;
}

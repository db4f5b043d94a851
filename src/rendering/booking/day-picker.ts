import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import type { Moments } from "./moments.ts";
import type { BookingWords } from "./words.ts";

/** A choice of one of several. */
interface Choice {
  value: string;
  options: readonly { value: string; label: string }[];
}

/** Another day on which something is free. */
export interface OtherDay {
  date: string;
  href: string;
}

/** The choice of a day, which loads the same page for it. It works without scripts. */
export interface DayPicker {
  /** Where it is asked: a path, whose query the form's fields are. */
  action: string;
  /** The day that is shown, `YYYY-MM-DD`, and between which days one can be chosen. */
  date: string;
  min: string;
  max: string;
  /** Who does it; `null` where there is no choice. */
  staff: Choice | null;
  /** How many come; `null` where it is asked later. */
  people: { value: number; max: number } | null;
  earlier: OtherDay | null;
  later: OtherDay | null;
  /** What the address has besides. */
  kept: Readonly<Record<string, string>>;
}

const select = (id: string, name: string, label: string, { value, options }: Choice): Html =>
  html`<p class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}">${options.map(
    (it) => html`<option value="${it.value}"${it.value === value ? raw(" selected") : nothing}>${it.label}</option>`,
  )}</select></p>`;

/** The form of a picker, and the ways to the nearest other days. `at` tells several on one page apart. */
export function dayPicker(picker: DayPicker, words: BookingWords, moments: Moments, at = "day"): Html {
  const { action, date, min, max, staff, people, earlier, later, kept } = picker;
  const hidden = Object.entries(kept).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const many = people
    ? html`<p class="field"><label for="${at}-people">${words.people}</label><input id="${at}-people" name="people" type="number" inputmode="numeric" min="1" max="${people.max}" value="${people.value}" required></p>`
    : nothing;
  const link = (rel: "prev" | "next", label: string, day: OtherDay | null) =>
    day
      ? html`<li><a rel="${rel}" href="${day.href}">${label.replace("{date}", moments.shortDay(day.date))}</a></li>`
      : nothing;
  const others =
    earlier || later
      ? html`<ul class="days">${link("prev", words.earlier, earlier)}${link("next", words.later, later)}</ul>`
      : nothing;
  return html`<form class="picker" method="get" action="${action}">${hidden}
<p class="field"><label for="${at}-date">${words.date}</label><input id="${at}-date" name="date" type="date" min="${min}" max="${max}" value="${date}" required></p>
${many}${staff ? select(`${at}-staff`, "staff", words.staff, staff) : nothing}
<p class="action"><button class="button quiet" type="submit">${words.show}</button></p></form>${others}`;
}

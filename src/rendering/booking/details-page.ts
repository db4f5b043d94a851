import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { type Field, type Problem, problemSummary, problemText, textArea, textField } from "../shop/form.ts";
import { TRAP } from "../shop/review-form.ts";
import { momentsIn } from "./moments.ts";
import { type FreeTime, nameOfTime, timeChoices } from "./times.ts";
import type { BookingWords } from "./words.ts";

/** What is typed into the form, by the names of its fields. */
export type Details = Readonly<Record<"name" | "email" | "phone" | "people" | "note", string>>;

/** The form by which a time is booked. */
export interface DetailsPage {
  locale: string;
  timeZone: string;
  words: BookingWords;
  title: string;
  facts: Html;
  action: string;
  /** The way back to the times. */
  times: string;
  /** The time that was chosen; `null` once somebody else has it, and one of `others` is to be chosen. */
  chosen: FreeTime | null;
  others: readonly FreeTime[];
  typed: Details;
  problems: readonly Problem[];
  /** The most that can come; `null` where only one does. */
  maxPeople: number | null;
  isPhoneRequired: boolean;
  isPaid: boolean;
  /** Fields nobody sees: among them what names the booking that is to be, so that it is made once. */
  hidden: Readonly<Record<string, string>>;
}

function timeOf({ locale, timeZone, words, chosen, others, problems, times }: DetailsPage): Html {
  const moments = momentsIn(locale, timeZone);
  const other = html`<p><a href="${times}">${words.otherTime}</a></p>`;
  if (chosen) {
    return html`<fieldset><legend>${words.yourTime}</legend><input type="hidden" name="time" value="${nameOfTime(chosen.startAt)}">
<p class="chosen">${moments.span(chosen.startAt, chosen.endAt)}</p><p class="zone">${words.zone.replace("{zone}", moments.zoneName)}</p>${other}</fieldset>`;
  }
  const choices = others.length > 0 ? timeChoices(others, "", { locale, timeZone, words, moments }) : nothing;
  return html`<fieldset id="field-time"><legend>${words.yourTime}</legend>${choices}${problemText({ name: "time", problems })}${other}</fieldset>`;
}

function peopleField({ typed, words, problems, maxPeople }: DetailsPage): Html {
  if (maxPeople === null) return nothing;
  const isWrong = problems.some(({ field }) => field === "people");
  const state = isWrong ? html` aria-invalid="true" aria-describedby="problem-people"` : nothing;
  return html`<div class="field"><label for="field-people">${words.people}</label><input id="field-people" name="people" type="number" inputmode="numeric" min="1" max="${maxPeople}" value="${typed.people}" required${state}>${problemText({ name: "people", problems })}</div>`;
}

/** What the fields are called before what is wrong with them. In French a space stands before the colon. */
function labelsOf({ locale, words }: DetailsPage): Record<string, string> {
  const { yourTime: time, people, name, email, phone, note } = words;
  const colon = locale.split("-")[0] === "fr" ? "\u00a0:" : ":";
  const labels = Object.entries({ time, people, name, email, phone, note });
  return Object.fromEntries(labels.map(([field, label]) => [field, `${label}${colon}`]));
}

/** The main part of the page with the form. What is wrong with it stands first, and what was typed is still there. */
export function detailsMain(page: DetailsPage): Html {
  const { words, title, facts, action, typed, problems, hidden, chosen, others } = page;
  const field = (name: keyof Details, label: string, more: Partial<Field> = {}): Field => ({
    ...{ name, label, value: typed[name], problems, optional: words.optional, isRequired: true, maxLength: 200 },
    ...more,
  });
  const phone = { isRequired: page.isPhoneRequired, autocomplete: "tel", maxLength: 50 };
  const canSend = chosen !== null || others.length > 0;
  const kept = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<section class="block booking"><h1>${title}</h1>${facts}${problemSummary(words.problems, problems, labelsOf(page))}
<form class="details" method="post" action="${action}">${kept}
${timeOf(page)}
<fieldset><legend>${words.customer}</legend>
${peopleField(page)}
${textField(field("name", words.name, { autocomplete: "name" }))}
${textField(field("email", words.email, { autocomplete: "email", maxLength: 254 }), "email")}
${textField(field("phone", words.phone, phone), "tel")}
${textArea(field("note", words.note, { isRequired: false }))}</fieldset>
<p class="trap" aria-hidden="true"><label>${words.trap} <input name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></label></p>
${canSend ? html`<p class="action"><button class="button" type="submit">${page.isPaid ? words.sendPaid : words.send}</button></p>` : nothing}</form></section>`;
}

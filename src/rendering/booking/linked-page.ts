import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { momentsIn } from "./moments.ts";
import type { Standing } from "./own-words.ts";
import type { BookingWords } from "./words.ts";

/** A booking or a reservation as the one who has its link sees it. */
export interface LinkedPage {
  locale: string;
  timeZone: string;
  words: BookingWords;
  /** What is booked. */
  what: string | null;
  status: Standing;
  startAt: number;
  endAt: number;
  /** Until when it waits to be confirmed, in milliseconds since the epoch. */
  holdUntil: number | null;
  staff: string | null;
  people: number | null;
  /** In minor units, for all who come. */
  price: { amount: number; currency: string } | null;
  /** Lines of the address of the business. */
  place: readonly string[];
  note: string | null;
  /** How its customer confirms it: on this page, or by the link in a mail; `null` where nobody waits for that. */
  confirming: "here" | "by mail" | null;
  canCancel: boolean;
  /** Where its file for calendars is; `null` where there is none. */
  calendar: string | null;
  /** Where another time is chosen; `null` where none can be. */
  move: string | null;
  /** Where its forms are sent: its own address. */
  action: string;
  notice: string | null;
  /** Whether it has just been moved. */
  isMoved: boolean;
  /** Where another one is made. */
  again: string;
  /** How the business is reached. */
  contact: Html;
}

/** What is said first. */
function saidOf({ notice, status, words, isMoved }: LinkedPage): string | null {
  if (notice !== null) return notice;
  if (status === "cancelled") return words.gone;
  if (isMoved && (status === "pending" || status === "confirmed")) return words.moved;
  if (status === "pending") return words.received;
  return status === "confirmed" ? words.thanks : null;
}

const fact = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function confirmation(page: LinkedPage, moment: (at: number) => string): Html {
  const { words, confirming, holdUntil, action } = page;
  if (confirming === null) return nothing;
  const by = confirming === "here" ? words.confirmBy : words.checkMail;
  const until = holdUntil === null ? nothing : html`<p>${by.replace("{date}", moment(holdUntil))}</p>`;
  if (confirming === "by mail") return html`<div class="confirm">${until}</div>`;
  return html`<form class="confirm" method="post" action="${action}">${until}<p class="action"><button class="button" type="submit" name="action" value="confirm">${words.confirm}</button></p></form>`;
}

/** Whether it is still to come, as far as its standing says. */
const isComing = ({ status }: LinkedPage): boolean => status === "pending" || status === "confirmed";

function changing(page: LinkedPage): Html {
  const { words, canCancel, move, action, notice, calendar, status, again, contact } = page;
  const toCalendar =
    isComing(page) && calendar
      ? html`<a class="button quiet" href="${calendar}" download>${words.calendar}</a>`
      : nothing;
  const moving = move ? html`<a class="button quiet" href="${move}">${words.move}</a>` : nothing;
  const ways = move || (isComing(page) && calendar) ? html`<p class="action ways">${toCalendar}${moving}</p>` : nothing;
  const isTooLate = isComing(page) && !canCancel && !move && notice !== words.tooLate;
  if (status === "cancelled" || status === "expired") {
    return html`<p class="action"><a class="button" href="${again}">${words.again}</a></p>`;
  }
  if (!canCancel) return html`${ways}${isTooLate ? html`<p>${words.tooLate}${contact}</p>` : nothing}`;
  return html`${ways}<details class="cancel"><summary>${words.cancel}</summary><form method="post" action="${action}"><p>${words.really}</p><p class="action"><button class="button quiet" type="submit" name="action" value="cancel">${words.cancel}</button></p></form></details>`;
}

/** The main part of the page of a booking or a reservation. */
export function linkedMain(page: LinkedPage): Html {
  const { locale, timeZone, words, what, status, startAt, endAt, staff, people, price, place, note } = page;
  const moments = momentsIn(locale, timeZone);
  const said = saidOf(page);
  return html`<section class="block booking linked"><h1>${words.title}</h1>
<p class="status ${status}">${words.status[status]}</p>${said ? html`<p class="notice" role="status">${said}${said === words.tooLate ? page.contact : nothing}</p>` : nothing}
${confirmation(page, moments.moment)}
<dl class="told">${what ? html`<div class="what"><dt class="unseen">${words.title}</dt><dd>${what}</dd></div>` : nothing}
${fact(words.when, html`<time datetime="${new Date(startAt).toISOString()}">${moments.span(startAt, endAt)}</time><br><small>${moments.zoneName}</small>`)}
${staff ? fact(words.staff, staff) : nothing}${people === null ? nothing : fact(words.people, String(people))}
${price ? fact(words.price, moneyIn(locale, price.currency, price.amount)) : nothing}
${place.length > 0 ? fact(words.where, lined(place.join("\n"))) : nothing}${note ? fact(words.note, lined(note)) : nothing}</dl>
${changing(page)}<p><small>${words.keepLink}</small></p></section>`;
}

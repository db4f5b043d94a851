import { detailsMain, type Details } from "../../rendering/booking/details-page.ts";
import { serviceFacts } from "../../rendering/booking/services.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import { addressWith, formDocument } from "../diary/answers.ts";
import type { LiveDocument, LiveVisit } from "../live/page.ts";
import { addressBelow } from "../live/visitor.ts";
import { BOOK_ROOT } from "./root.ts";
import { type Booked, choiceOf } from "./service.ts";
import { shownService } from "./services.ts";

/** People one form books for, at most. */
export const MAX_PEOPLE = 100;

/** The most that can come to a service, as far as a form books for them; `null` where only one does. */
export const mostPeople = ({ service }: Pick<Booked, "service">): number | null =>
  service.capacity > 1 ? Math.min(service.capacity, MAX_PEOPLE) : null;

interface Shown {
  date: string;
  /** `null` once somebody else has the time. */
  time: FreeTime | null;
  others?: readonly FreeTime[];
  typed: Details;
  problems?: readonly Problem[];
  key: string;
  status?: number;
}

/** The form by which a time of a service is booked. */
export function detailsDocument(
  visit: LiveVisit,
  booked: Booked,
  { date, time, others = [], typed, problems = [], key, status = 200 }: Shown,
): LiveDocument {
  const { locale } = visit;
  const { diary, service } = booked;
  const choice = choiceOf(booked);
  const main = detailsMain({
    ...{ locale, timeZone: diary.zone, words: bookingWordsFor(locale), title: service.name },
    facts: serviceFacts(shownService(visit, service), locale),
    action: addressBelow(BOOK_ROOT, visit, service.id),
    times: addressWith(BOOK_ROOT, visit, service.id, { date, ...choice }),
    ...{ chosen: time, others, typed, problems, isPhoneRequired: false },
    maxPeople: mostPeople(booked),
    isPaid: (service.price ?? 0) > 0,
    hidden: { key, date, ...choice },
  });
  return formDocument(BOOK_ROOT, service.id, { title: service.name, main, status });
}

import { nothing } from "../../rendering/blocks/kit.ts";
import { detailsMain, type Details } from "../../rendering/booking/details-page.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import { addressWith, formDocument } from "../diary/answers.ts";
import type { Diary } from "../diary/diary.ts";
import type { LiveDocument, LiveVisit } from "../live/page.ts";
import { addressBelow } from "../live/visitor.ts";
import type { Wanted } from "./asked.ts";
import { RESERVE_ROOT } from "./root.ts";

interface Shown {
  /** `null` once all tables of that time are taken. */
  time: FreeTime | null;
  others?: readonly FreeTime[];
  typed: Details;
  problems?: readonly Problem[];
  key: string;
  status?: number;
}

/** The form by which a table is reserved. */
export function detailsDocument(
  visit: LiveVisit,
  diary: Diary,
  { date, people, mostPeople }: Wanted,
  { time, others = [], typed, problems = [], key, status = 200 }: Shown,
): LiveDocument {
  const { locale } = visit;
  const words = reservationWordsFor(locale);
  const main = detailsMain({
    ...{ locale, timeZone: diary.zone, words, title: words.start, facts: nothing },
    action: addressBelow(RESERVE_ROOT, visit, ""),
    times: addressWith(RESERVE_ROOT, visit, "", { date, people }),
    ...{ chosen: time, others, typed, problems, isPhoneRequired: false, maxPeople: mostPeople, isPaid: false },
    hidden: { key, date },
  });
  return formDocument(RESERVE_ROOT, "", { title: words.start, main, status });
}

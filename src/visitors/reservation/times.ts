import { nothing } from "../../rendering/blocks/kit.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import { timesMain } from "../../rendering/booking/times-page.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { addressWith, publicDocument } from "../diary/answers.ts";
import { contactIn, type Diary } from "../diary/diary.ts";
import type { LiveDocument, LiveVisit } from "../live/page.ts";
import { addressBelow } from "../live/visitor.ts";
import type { Wanted } from "./asked.ts";
import { daysAround } from "./days.ts";
import { RESERVE_ROOT } from "./root.ts";

/** The page on which a day, how many come and a time are chosen. `notice` is said of a form before it. */
export async function timesDocument(
  visit: LiveVisit,
  diary: Diary,
  { date, people, days, mostPeople, isTooMany }: Wanted,
  notice: string | null = null,
): Promise<LiveDocument> {
  const { locale, site } = visit;
  const words = reservationWordsFor(locale);
  const hrefOn = (day: string) => addressWith(RESERVE_ROOT, visit, "", { date: day, people });
  const { times, earlier, later } = await daysAround(diary, { siteId: site.siteId, people, date, days });
  const linked = (day: string | null) => (day === null ? null : { date: day, href: hrefOn(day) });
  const most = isTooMany ? words.upTo.replace("{count}", String(mostPeople)) : null;
  const main = timesMain({
    ...{ locale, timeZone: diary.zone, words, title: words.start, facts: nothing, description: null },
    notice: notice ?? most,
    contact: contactIn(diary),
    picker: {
      action: addressBelow(RESERVE_ROOT, visit, ""),
      ...{ date, min: days.first, max: days.last, people: { value: people, max: mostPeople }, staff: null, kept: {} },
      earlier: linked(earlier),
      later: times.length === 0 ? null : linked(later),
    },
    day: { date, times, next: linked(later) },
    hrefOf: ({ startAt }) => addressWith(RESERVE_ROOT, visit, "", { date, people, time: nameOfTime(startAt) }),
    back: null,
  });
  return publicDocument(RESERVE_ROOT, "", { title: words.start, description: null, main });
}

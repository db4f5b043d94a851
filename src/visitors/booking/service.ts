import { findShownService, type ShownStaff, staffOf } from "../../content/booking/services/shown.ts";
import type { ServiceRow } from "../../content/booking/services/table.ts";
import { serviceFacts } from "../../rendering/booking/services.ts";
import { timesMain } from "../../rendering/booking/times-page.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import { addressWith, publicDocument } from "../diary/answers.ts";
import { asked, dayIn, spanOf } from "../diary/asked.ts";
import { contactIn, type Diary, diaryOf } from "../diary/diary.ts";
import type { LiveDocument, LiveVisit } from "../live/page.ts";
import { addressBelow } from "../live/visitor.ts";
import { daysAround } from "./days.ts";
import { BOOK_ROOT } from "./root.ts";
import { shownService } from "./services.ts";

/** A service a visitor books, who does it, and of them the one that was chosen; `null` for anybody. */
export interface Booked {
  diary: Diary;
  service: ServiceRow;
  staff: readonly ShownStaff[];
  chosen: ShownStaff | null;
}

/** The service of a path, for `staffId` of those who do it; `null` where there is none that can be booked. */
export async function bookedAt(visit: LiveVisit, staffId: string): Promise<Booked | null> {
  const diary = await diaryOf(visit);
  const service = await findShownService(diary.ctx, visit.site.siteId, visit.name);
  if (!service) return null;
  const known = await staffOf(diary.ctx, visit.site.siteId, [service]);
  const staff = (service.staffIds ?? []).flatMap((id) => known.get(id) ?? []);
  return { diary, service, staff, chosen: staff.find(({ id }) => id === staffId) ?? null };
}

/** The days a service can be booked on. */
export const daysOf = ({ diary, service }: Pick<Booked, "diary" | "service">) => spanOf(diary, service.horizonDays);

/** What the address of a service's page has besides, for a choice that was made. */
export const choiceOf = ({ chosen }: Pick<Booked, "chosen">): Record<string, string> =>
  chosen ? { staff: chosen.id } : {};

/** Who can be chosen to do a service; `null` where there is no choice. */
export const staffChoice = ({ staff, chosen }: Booked, anyone: string) =>
  staff.length < 2
    ? null
    : {
        value: chosen?.id ?? "",
        options: [{ value: "", label: anyone }, ...staff.map(({ id, name }) => ({ value: id, label: name }))],
      };

/** The page on which a time of a service is chosen, on the day the address names. `notice` is said of a form before it. */
export async function timesDocument(
  visit: LiveVisit,
  booked: Booked,
  notice: string | null = null,
): Promise<LiveDocument> {
  const { locale, site } = visit;
  const { diary, service } = booked;
  const words = bookingWordsFor(locale);
  const days = daysOf(booked);
  const date = dayIn(asked(visit, "date"), days);
  const hrefOn = (day: string) => addressWith(BOOK_ROOT, visit, service.id, { date: day, ...choiceOf(booked) });
  const { times, earlier, later } = await daysAround(diary, {
    ...{ siteId: site.siteId, service, staffId: booked.chosen?.id ?? null, date, days },
  });
  const linked = (day: string | null) => (day === null ? null : { date: day, href: hrefOn(day) });
  const shown = shownService(visit, service);
  const main = timesMain({
    ...{ locale, timeZone: diary.zone, words, title: service.name, description: service.description, notice },
    facts: serviceFacts(shown, locale),
    contact: contactIn(diary),
    picker: {
      action: addressBelow(BOOK_ROOT, visit, service.id),
      ...{ date, min: days.first, max: days.last, people: null, kept: {} },
      staff: staffChoice(booked, words.anyone),
      earlier: linked(earlier),
      later: times.length === 0 ? null : linked(later),
    },
    day: { date, times, next: linked(later) },
    hrefOf: ({ startAt }) =>
      addressWith(BOOK_ROOT, visit, service.id, { date, time: nameOfTime(startAt), ...choiceOf(booked) }),
    back: { href: addressBelow(BOOK_ROOT, visit, ""), label: words.all },
  });
  return publicDocument(BOOK_ROOT, service.id, { title: service.name, description: null, main });
}

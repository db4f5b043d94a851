import { html } from "hono/html";
import { findShownService, listShownServices } from "../../content/booking/services/shown.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import { dayPicker } from "../../rendering/booking/day-picker.ts";
import { momentsIn } from "../../rendering/booking/moments.ts";
import type { BookingQuery } from "../../rendering/booking/query.ts";
import { serviceFacts, serviceList } from "../../rendering/booking/services.ts";
import { nameOfTime, timeLinks } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import { addressWith } from "../diary/answers.ts";
import { spanOf } from "../diary/asked.ts";
import { contactIn, type Diary, openDiary } from "../diary/diary.ts";
import type { Filled, Filler } from "../live/filling.ts";
import { daysAround } from "./days.ts";
import { BOOK_ROOT } from "./root.ts";
import { shownService } from "./services.ts";

/** Times of a block: the way to all of them stands beside. */
const FEW_TIMES = 8;

/** All that can be booked, or as much of it as a block shows. */
async function listed(at: Filled, diary: Diary, { limit, level }: BookingQuery): Promise<Html> {
  const services = await listShownServices(diary.ctx, at.site.siteId, limit);
  const words = bookingWordsFor(at.locale);
  return serviceList(
    services.map((it) => shownService(at, it)),
    level,
    { locale: at.locale, words },
  );
}

/** The next free times of one service. `nth` tells blocks of a page apart. */
async function timesOf(at: Filled, diary: Diary, { service: id, level }: BookingQuery, nth: number): Promise<Html> {
  const { locale, site } = at;
  const words = bookingWordsFor(locale);
  const service = await findShownService(diary.ctx, site.siteId, id);
  if (!service) return html`<p class="empty">${words.nothingOffered}</p>`;
  const days = spanOf(diary, service.horizonDays);
  const wanted = { siteId: site.siteId, service, staffId: null, days };
  const today = await daysAround(diary, { ...wanted, date: days.first });
  const date = today.times.length > 0 || today.later === null ? days.first : today.later;
  const { times } = date === days.first ? today : await daysAround(diary, { ...wanted, date });
  const shown = shownService(at, service);
  const moments = momentsIn(locale, diary.zone);
  const name = html`<a href="${shown.href}">${shown.name}</a>`;
  const picker = {
    ...{ date, min: days.first, max: days.last, people: null, staff: null, earlier: null, later: null },
  };
  return html`${level === "h2" ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}${serviceFacts(shown, locale)}
<div class="free">${timeLinks(
    { date, times: times.slice(0, FEW_TIMES), next: null },
    ({ startAt }) => addressWith(BOOK_ROOT, at, service.id, { date, time: nameOfTime(startAt) }),
    { locale, timeZone: diary.zone, words, moments, level: level === "h2" ? "h3" : "h4", contact: contactIn(diary) },
  )}</div>${dayPicker({ ...picker, action: shown.href, kept: {} }, words, moments, `book-${nth}`)}`;
}

/** What blocks of what can be booked show, as it is now. */
export const fillBooking: Filler<BookingQuery> = async (at, queries) => {
  const diary = await openDiary(at);
  const contents = await Promise.all(
    queries.map((it, index) => (it.service === "" ? listed(at, diary, it) : timesOf(at, diary, it, index))),
  );
  return { contents, extras: ["booking.css"] };
};

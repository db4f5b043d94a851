import { findService } from "../../content/booking/bookings/place.ts";
import type { BookingRow } from "../../content/booking/bookings/table.ts";
import { canReschedule, rescheduleByLink } from "../../content/booking/visitors/change.ts";
import { commitAs } from "../../content/live/visitor.ts";
import { DomainError } from "../../core/errors.ts";
import { isOutage } from "../../core/http/respond.ts";
import { moveMain } from "../../rendering/booking/move-page.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import { linkedDocument } from "../diary/answers.ts";
import { asked, dayIn, momentIn, spanOf } from "../diary/asked.ts";
import { diaryOf } from "../diary/diary.ts";
import { findLinked, linkedAddress } from "../diary/linked.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { LINKED_BOOKINGS } from "./booking.ts";
import { daysAround } from "./days.ts";
import { BOOK_ROOT } from "./root.ts";

/** The page on which another time is chosen; the booking's own page where none can be. */
async function moveDocument(
  visit: LiveVisit,
  booking: BookingRow,
  { problems = [], status = 200 }: { problems?: Problem[]; status?: number } = {},
): Promise<LiveDocument | Response> {
  const { locale } = visit;
  const diary = await diaryOf(visit);
  const back = linkedAddress(LINKED_BOOKINGS, visit);
  const service = await findService(diary.ctx, booking.siteId, booking.serviceId);
  if (!service?.active || !canReschedule(booking, diary.site, diary.ctx.now)) return leadOn(visit.request, back);
  const words = bookingWordsFor(locale);
  const days = spanOf(diary, service.horizonDays);
  const bookedOn = diary.clock.localOf(diary.zone, booking.startAt).date;
  const date = dayIn(asked(visit, "date") || bookedOn, days);
  const { siteId, id: exceptBookingId, people } = booking;
  const wanted = { siteId, service, staffId: null, exceptBookingId, people, date, days };
  const { times, earlier, later } = await daysAround(diary, wanted);
  const linked = (day: string | null) =>
    day === null ? null : { date: day, href: linkedAddress(LINKED_BOOKINGS, visit, "/move", { date: day }) };
  const main = moveMain({
    ...{ locale, timeZone: diary.zone, words, what: service.name, problems, back },
    ...{ startAt: booking.startAt, endAt: booking.endAt },
    picker: {
      action: linkedAddress(LINKED_BOOKINGS, visit, "/move").split("?")[0] as string,
      ...{ date, min: days.first, max: days.last, people: null, staff: null },
      kept: { token: asked(visit, "token") },
      earlier: linked(earlier),
      later: times.length === 0 ? null : linked(later),
    },
    // Where it is already, it need not be moved to.
    day: { date, times: times.filter(({ startAt }) => startAt !== booking.startAt), next: linked(later) },
    action: linkedAddress(LINKED_BOOKINGS, visit, "/move", { date }),
  });
  return linkedDocument(BOOK_ROOT, `bookings/${booking.id}/move`, { title: words.move, main, status });
}

/** Where a booking is moved to another time by whoever has its link. */
export const movePage: LivePage = {
  bucket: "booking",

  async get(visit) {
    const booking = await findLinked(LINKED_BOOKINGS, contextOf(visit), visit);
    return booking && moveDocument(visit, booking);
  },

  async post(visit) {
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const ctx = contextOf(visit);
    const booking = await findLinked(LINKED_BOOKINGS, ctx, visit);
    if (!booking) return null;
    const { required, taken } = bookingWordsFor(visit.locale);
    const wrong = (message: string, status: number) =>
      moveDocument(visit, booking, { problems: [{ field: "", message }], status });
    const startAt = momentIn(form.text("time"));
    if (startAt === null) return wrong(required, 422);
    const link = { siteId: booking.siteId, id: booking.id, token: asked(visit, "token") };
    try {
      await commitAs(ctx, () => rescheduleByLink(ctx, { ...link, to: { startTime: nameOfTime(startAt) } }));
      return leadOn(visit.request, linkedAddress(LINKED_BOOKINGS, visit));
    } catch (error) {
      if (!(error instanceof DomainError) || isOutage(error)) throw error;
      return wrong(taken, error.code === "conflict" ? 409 : 422);
    }
  },
};

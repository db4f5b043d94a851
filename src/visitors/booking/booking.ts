import { findService } from "../../content/booking/bookings/place.ts";
import type { BookingRow } from "../../content/booking/bookings/table.ts";
import { staffOf } from "../../content/booking/services/shown.ts";
import { appointmentIn } from "../../content/booking/services/unnamed.ts";
import {
  canCancel,
  canConfirm,
  canReschedule,
  cancelByLink,
  confirmByLink,
  rescheduleByLink,
} from "../../content/booking/visitors/change.ts";
import { bookingOfLink } from "../../content/booking/visitors/link.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import { spanOf } from "../diary/asked.ts";
import { linkedAddress, linkedPage } from "../diary/linked.ts";
import { type Movable, movePage } from "../diary/move.ts";
import { daysAround } from "./days.ts";
import { addressBelow } from "../live/visitor.ts";
import { BOOK_ROOT } from "./root.ts";

/** Bookings, as those who have their links see them. */
export const LINKED_BOOKINGS: Movable<BookingRow> = {
  name: "booking",
  root: BOOK_ROOT,
  folder: "bookings",
  wordsFor: bookingWordsFor,
  find: bookingOfLink,
  confirm: confirmByLink,
  cancel: cancelByLink,
  move: (ctx, link, { startAt }) => rescheduleByLink(ctx, { ...link, to: { startTime: nameOfTime(startAt) } }),

  async show(visit, { ctx, site }, row) {
    const { siteId, status, startAt, endAt, holdUntil, people, price, currency, note, staffId } = row;
    const service = await findService(ctx, siteId, row.serviceId);
    const staff = await staffOf(ctx, siteId, [{ staffIds: staffId === null ? null : [staffId] }]);
    return {
      ...{ status, startAt, endAt, holdUntil, note },
      what: service?.name ?? appointmentIn(visit.locale),
      staff: (staffId && staff.get(staffId)?.name) || null,
      people: people > 1 || (service?.capacity ?? 1) > 1 ? people : null,
      price: price === null || currency === null ? null : { amount: price, currency },
      again: addressBelow(BOOK_ROOT, visit, service?.active ? service.id : ""),
      awaits: canConfirm(row),
      canCancel: canCancel(row, site, ctx.now),
      calendar: linkedAddress(LINKED_BOOKINGS, visit, "/booking.ics"),
      move: canReschedule(row, site, ctx.now) ? linkedAddress(LINKED_BOOKINGS, visit, "/move") : null,
    };
  },

  async choices(diary, row) {
    const { siteId, id: exceptBookingId, people } = row;
    const service = await findService(diary.ctx, siteId, row.serviceId);
    if (!service?.active || !canReschedule(row, diary.site, diary.ctx.now)) return null;
    const days = spanOf(diary, service.horizonDays);
    const wanted = { siteId, service, staffId: null, exceptBookingId, people, days };
    return { what: service.name, days, around: (date) => daysAround(diary, { ...wanted, date }) };
  },
};

/** A booking's page. */
export const bookingPage = linkedPage(LINKED_BOOKINGS);

/** Where it is moved to another time. */
export const moveBookingPage = movePage(LINKED_BOOKINGS);

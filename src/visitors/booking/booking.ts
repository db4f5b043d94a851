import { findService } from "../../content/booking/bookings/place.ts";
import type { BookingRow } from "../../content/booking/bookings/table.ts";
import { staffOf } from "../../content/booking/services/shown.ts";
import {
  canCancel,
  canConfirm,
  canReschedule,
  cancelByLink,
  confirmByLink,
} from "../../content/booking/visitors/change.ts";
import { bookingOfLink } from "../../content/booking/visitors/link.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import { type Kind, linkedAddress, linkedPage } from "../diary/linked.ts";
import { BOOK_ROOT } from "./root.ts";

/** Bookings, as those who have their links see them. */
export const LINKED_BOOKINGS: Kind<BookingRow> = {
  name: "booking",
  root: BOOK_ROOT,
  folder: "bookings",
  wordsFor: bookingWordsFor,
  find: bookingOfLink,
  confirm: confirmByLink,
  cancel: cancelByLink,

  async show(visit, { ctx, site }, row) {
    const { siteId, status, startAt, endAt, holdUntil, people, price, currency, note, staffId } = row;
    const service = await findService(ctx, siteId, row.serviceId);
    const staff = await staffOf(ctx, siteId, [{ staffIds: staffId === null ? null : [staffId] }]);
    return {
      ...{ status, startAt, endAt, holdUntil, note },
      what: service?.name ?? null,
      staff: (staffId && staff.get(staffId)?.name) || null,
      people: people > 1 || (service?.capacity ?? 1) > 1 ? people : null,
      price: price === null || currency === null ? null : { amount: price, currency },
      awaits: canConfirm(row),
      canCancel: canCancel(row, site, ctx.now),
      calendar: linkedAddress(LINKED_BOOKINGS, visit, "/booking.ics"),
      move: canReschedule(row, site, ctx.now) ? linkedAddress(LINKED_BOOKINGS, visit, "/move") : null,
    };
  },
};

/** A booking's page. */
export const bookingPage = linkedPage(LINKED_BOOKINGS);

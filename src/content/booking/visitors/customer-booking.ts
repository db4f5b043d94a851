import type { Ctx } from "../../../core/work/context.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import { type Home, linkedPageOf } from "../../live/home.ts";
import { findSite } from "../../sites/service.ts";
import { findService } from "../bookings/place.ts";
import type { BookingRow } from "../bookings/table.ts";
import { canCancel, canConfirm, canReschedule } from "./change.ts";
import type { CustomerBooking } from "./customer-contract.ts";
import { bookingToken } from "./link.ts";

const orNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A booking as its customer sees it: its times by the website's clock of now, and what can be done with it. */
export async function customerBooking(ctx: Ctx, row: BookingRow, home: Home): Promise<CustomerBooking> {
  const { siteId, id, status, serviceId, staffId, people, note, price, currency, customer, locale } = row;
  const [site, clock, service, token] = await Promise.all([
    findSite(ctx, siteId),
    zoned(),
    findService(ctx, siteId, serviceId),
    bookingToken(ctx.env, row),
  ]);
  const timeZone = zoneOf(site.settings);
  return {
    ...{ id, status, serviceId, staffId, people, note, price, currency, customer, timeZone, token },
    service: service?.name ?? null,
    date: clock.localOf(timeZone, row.startAt).date,
    startTime: clock.isoOf(timeZone, row.startAt),
    endTime: clock.isoOf(timeZone, row.endAt),
    holdUntil: orNull(row.holdUntil),
    createdAt: new Date(row.createdAt).toISOString(),
    url: linkedPageOf(home, `book/bookings/${id}`, { locale, token }),
    awaitsConfirmation: canConfirm(row),
    canCancel: canCancel(row, site, ctx.now),
    canReschedule: canReschedule(row, site, ctx.now),
  };
}

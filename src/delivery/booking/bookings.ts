import type { BookingRow } from "../../content/booking/bookings/table.ts";
import { bookForVisitor, findBookedBy } from "../../content/booking/visitors/book.ts";
import { cancelByLink, confirmByLink, rescheduleByLink } from "../../content/booking/visitors/change.ts";
import type { VisitorBooking, VisitorReschedule } from "../../content/booking/visitors/contract.ts";
import { customerBooking } from "../../content/booking/visitors/customer-booking.ts";
import type { CustomerBooking } from "../../content/booking/visitors/customer-contract.ts";
import { type BookingLink, bookingOfLink, siteOfBooking } from "../../content/booking/visitors/link.ts";
import { isMailed } from "../../content/live/mailed.ts";
import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import { notFound } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { behindLink, keyOfCall, type Linked, onceByKey } from "../live/linked.ts";
import { homeOf, visitedSite } from "../live/visited.ts";

/** Books in a visitor's name, or answers what a call with the same key has booked. */
export async function bookFor(
  ctx: Ctx,
  named: string | undefined,
  { key, body }: { key: string | null; body: VisitorBooking },
): Promise<CustomerBooking> {
  const bookingKey = keyOfCall(key);
  const site = await visitedSite(ctx, named);
  const { siteId } = site;
  const visitor = visitorContext(ctx, site);
  const { booking } = await onceByKey(
    () => commitAs(visitorContext(ctx, site), (it) => bookForVisitor(it, { siteId, bookingKey, body })),
    async () => (await findBookedBy(visitor, siteId, bookingKey)) !== null,
  );
  return customerBooking(visitor, booking, homeOf(ctx, site));
}

async function withBooking(
  ctx: Ctx,
  { id, token }: Linked,
  act: (visitor: Ctx, link: BookingLink) => Promise<BookingRow>,
): Promise<CustomerBooking> {
  const { visitor, site, result } = await behindLink(ctx, { id, label: "Booking", siteOf: siteOfBooking }, (it, at) =>
    act(it, { siteId: at.siteId, id, token }),
  );
  return customerBooking(visitor, result, homeOf(ctx, site));
}

/** The booking of a signed link. */
export const bookingOfCustomer = (ctx: Ctx, linked: Linked) => withBooking(ctx, linked, bookingOfLink);

/** Cancels the booking of a signed link. */
export const cancelBooking = (ctx: Ctx, linked: Linked) => withBooking(ctx, linked, cancelByLink);

/** Moves the booking of a signed link. */
export const rescheduleBooking = (ctx: Ctx, linked: Linked, to: VisitorReschedule) =>
  withBooking(ctx, linked, (visitor, link) => rescheduleByLink(visitor, { ...link, to }));

/** Confirms the booking of a link that came by mail. */
export const confirmBooking = (ctx: Ctx, { confirm, ...linked }: Linked & { confirm: string }) =>
  withBooking(ctx, linked, async (visitor, link) => {
    if (!(await isMailed(ctx.env, "booking", link, confirm))) throw notFound("Booking");
    return confirmByLink(visitor, link);
  });

import { conflict } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { changedBooking } from "../bookings/change.ts";
import type { BookingChanges } from "../bookings/contract.ts";
import { BOOKINGS } from "../bookings/resource.ts";
import { isOpen } from "../bookings/status.ts";
import type { BookingRow } from "../bookings/table.ts";
import { type BookingSettings, bookingSettingsOf } from "../settings/settings.ts";
import type { VisitorReschedule } from "./contract.ts";
import { type BookingLink, bookingOfLink } from "./link.ts";

type Site = { settings: Record<string, unknown> };

const HOUR_MS = 3_600_000;

/** Whether something can still be done so many hours before an appointment begins. */
const isInTime = ({ startAt }: BookingRow, hours: number, now: number): boolean => now <= startAt - hours * HOUR_MS;

/** Whether a booking waits for its customer to confirm it by e-mail. */
export const canConfirm = ({ status, holdUntil }: BookingRow): boolean => status === "pending" && holdUntil !== null;

export const canCancel = (booking: BookingRow, site: Site, now: number): boolean =>
  isOpen(booking) && isInTime(booking, bookingSettingsOf(site).cancelUntilHours, now);

export const canReschedule = (booking: BookingRow, site: Site, now: number): boolean =>
  isOpen(booking) && isInTime(booking, bookingSettingsOf(site).rescheduleUntilHours, now);

const tooLate = (booking: BookingRow, what: string, field: string) =>
  conflict(
    field,
    isOpen(booking)
      ? `It is too late for its customer to ${what} this booking.`
      : `This booking is ${booking.status}: there is nothing to ${what} any more.`,
  );

/** Stages a change as a PATCH does, by the customer. */
const change = async (ctx: Ctx, booking: BookingRow, changes: BookingChanges): Promise<BookingRow> =>
  BOOKINGS.verbs.change(ctx, booking, await changedBooking(ctx, booking, changes));

/** Stages that a customer confirms: then it is confirmed, or waits for the owner. Once it is, it stays as it is. 409 when the hold has run out. */
export async function confirmByLink(ctx: Ctx, link: BookingLink): Promise<BookingRow> {
  const booking = await bookingOfLink(ctx, link);
  if (isOpen(booking) && !canConfirm(booking)) return booking;
  const settings: BookingSettings = bookingSettingsOf(await findSite(ctx, link.siteId));
  return change(ctx, booking, settings.autoConfirm ? { status: "confirmed" } : { holdUntil: null });
}

/** Stages that a customer cancels. Cancelled already, it stays as it is; 409 when it is too late. */
export async function cancelByLink(ctx: Ctx, link: BookingLink): Promise<BookingRow> {
  const booking = await bookingOfLink(ctx, link);
  if (booking.status === "cancelled") return booking;
  if (!canCancel(booking, await findSite(ctx, link.siteId), ctx.now)) throw tooLate(booking, "cancel", "status");
  return change(ctx, booking, { status: "cancelled" });
}

/** Stages that a customer moves a booking to another slot. 409 when it is too late, and `slot_taken` where somebody was faster. */
export async function rescheduleByLink(
  ctx: Ctx,
  { to, ...link }: BookingLink & { to: VisitorReschedule },
): Promise<BookingRow> {
  const booking = await bookingOfLink(ctx, link);
  if (!canReschedule(booking, await findSite(ctx, link.siteId), ctx.now)) throw tooLate(booking, "move", "startTime");
  const { date, startTime, staffId } = to;
  return change(ctx, booking, { date, startTime, ...(staffId && { staffId }) });
}

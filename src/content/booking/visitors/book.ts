import { and, eq } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { mismatch } from "../../../core/http/idempotency.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { askedHash } from "../../live/asked.ts";
import { shownBy } from "../../resource/contract.ts";
import { createItem } from "../../resource/write.ts";
import { BookingSchema } from "../bookings/contract.ts";
import { followNew } from "../bookings/follow.ts";
import { newBooking } from "../bookings/new.ts";
import { BOOKINGS } from "../bookings/resource.ts";
import { bookingNow } from "../bookings/status.ts";
import { type BookingRow, bookings } from "../bookings/table.ts";
import { bookingSettingsOf } from "../settings/settings.ts";
import type { VisitorBooking } from "./contract.ts";

interface Booking {
  siteId: string;
  /** Names the form, or the call: of all with one key, one makes a booking and the others find it. */
  bookingKey: string;
  body: VisitorBooking;
}

const MINUTE_MS = 60_000;
const ORDINARY = BOOKINGS.create as NonNullable<typeof BOOKINGS.create>;

/** The booking that was made under a key; `null` before it is. */
export async function findBookedBy(ctx: Ctx, siteId: string, bookingKey: string): Promise<BookingRow | null> {
  const isIt = and(eq(bookings.siteId, siteId), eq(bookings.bookingKey, bookingKey));
  const [row] = await ctx.db
    .select()
    .from(bookings)
    .where(scoped(ctx, bookings, isIt));
  return row ? bookingNow(row, ctx.now) : null;
}

/**
 * Stages a visitor's booking, or finds the one its form has made already. Where the customer has to confirm it by e-mail it
 * is held until then; otherwise it is confirmed, or waits for the owner. 409 `slot_taken` where somebody was faster,
 * 422 where the same key has booked something else.
 */
export async function bookForVisitor(
  ctx: Ctx,
  { siteId, bookingKey, body }: Booking,
): Promise<{ booking: BookingRow; isRepeated: boolean }> {
  const [booked, asked] = await Promise.all([findBookedBy(ctx, siteId, bookingKey), askedHash(body)]);
  if (booked) {
    if (booked.askedHash !== asked) throw mismatch();
    return { booking: booked, isRepeated: true };
  }
  // Of two at once the index picks one; the other one is run again and finds it.
  ctx.unit.onDuplicate([bookings.siteId, bookings.bookingKey], new ConcurrentChange());
  const columns: typeof ORDINARY.columns = async ({ site, id }) => {
    const { confirmByEmail, holdMinutes } = bookingSettingsOf(site);
    const held = confirmByEmail
      ? { status: "pending" as const, holdUntil: ctx.now + holdMinutes * MINUTE_MS }
      : { holdUntil: null };
    const row = await newBooking(ctx, { site, id, body: { ...body, ...held }, source: "visitor" });
    await followNew(ctx, site, { ...row, id });
    return { ...row, bookingKey, askedHash: asked };
  };
  const written = { ...BOOKINGS, create: { ...ORDINARY, columns }, show: shownBy(BookingSchema) };
  const booking = await createItem<typeof bookings>(ctx, written as never, { siteId, body });
  return { booking, isRepeated: false };
}

import { and, eq } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { bookingNow } from "../bookings/status.ts";
import { type BookingRow, bookings } from "../bookings/table.ts";

/** What opens a booking to whoever holds it. */
export interface BookingLink {
  siteId: string;
  id: string;
  token: string;
}

const contextOf = (siteId: string): string => `booking:${siteId}`;

/** The token of a booking's link. */
export const bookingToken = (env: Env, { siteId, id }: Pick<BookingRow, "siteId" | "id">): Promise<string> =>
  signLink(env, contextOf(siteId), id);

/** The booking a signed link is for, as of now. Whatever is wrong with the link, there is no such booking: `not_found`. */
export async function bookingOfLink(ctx: Ctx, { siteId, id, token }: BookingLink): Promise<BookingRow> {
  const isSigned = await verifyLink(ctx.env, contextOf(siteId), id, token);
  const isIt = and(eq(bookings.siteId, siteId), eq(bookings.id, id));
  const [row] = isSigned
    ? await ctx.db
        .select()
        .from(bookings)
        .where(scoped(ctx, bookings, isIt))
    : [];
  if (!row) throw notFound("Booking");
  return bookingNow(row, ctx.now);
}

/** The site a booking was made at, `null` if there is no such booking: nothing else of it is told without its token. */
export async function siteOfBooking(env: Env, id: string): Promise<string | null> {
  const rows = databaseOf(env, 0).select({ siteId: bookings.siteId }).from(bookings).where(eq(bookings.id, id));
  return (await rows)[0]?.siteId ?? null;
}

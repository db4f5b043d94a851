import type { Ctx } from "../../../core/work/context.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import type { BookingRow } from "../bookings/table.ts";
import { bookingToken } from "./link.ts";

/** Where the page of a booking is that its link opens, in the language it was booked in. */
export async function bookingAddress(
  ctx: Ctx,
  { slug, domain, domainVerifiedAt, locale, locales }: SiteRow,
  booking: Pick<BookingRow, "id" | "siteId" | "locale">,
): Promise<string> {
  const home = domain !== null && domainVerifiedAt !== null ? `https://${domain}` : `${ctx.origin}/s/${slug}`;
  const isOther = booking.locale !== null && booking.locale !== locale && locales.includes(booking.locale);
  const language = isOther ? `/${booking.locale}` : "";
  return `${home}${language}/book/bookings/${booking.id}?token=${await bookingToken(ctx.env, booking)}`;
}

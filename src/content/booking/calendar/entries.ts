import { and, asc, eq, gte } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { isBlocking } from "../bookings/busy.ts";
import { type BookingRow, bookings } from "../bookings/table.ts";
import { services } from "../services/table.ts";
import { appointmentIn } from "../services/unnamed.ts";
import type { Entry } from "./ics.ts";

/** How far back a feed reaches, and how much is in it: what begins first. */
const BACK_MS = 31 * 86_400_000;
const MAX_ENTRIES = 1_000;

/** An appointment for whoever runs the place: what it is for, and who comes unless that is nobody's business. */
export function entryOf(booking: BookingRow, service: string, showsCustomer: boolean): Entry {
  const { customer, people, note } = booking;
  const who = showsCustomer ? [customer.name, customer.email, customer.phone] : [];
  const lines = [...who, people > 1 ? `× ${people}` : null, showsCustomer ? note : null];
  return {
    ...booking,
    summary: showsCustomer ? `${service}: ${customer.name}` : service,
    description: lines.filter(Boolean).join("\n") || null,
    ...{ location: null, url: null },
  };
}

/** What a service is called; where it is gone, the word for an appointment in the language of who reads it. */
export async function serviceName(
  ctx: Ctx,
  { siteId, serviceId }: Pick<BookingRow, "siteId" | "serviceId">,
  locale: string,
): Promise<string> {
  const isIt = scoped(ctx, services, and(eq(services.siteId, siteId), eq(services.id, serviceId)));
  const [row] = await ctx.db.select({ name: services.name }).from(services).where(isIt);
  return row?.name ?? appointmentIn(locale);
}

/** The appointments of a site's calendar, of the last month and from now on, the first first. What was cancelled is not among them. */
export async function feedEntries(
  ctx: Ctx,
  { siteId, locale }: { siteId: string; locale: string },
  showsCustomer: boolean,
): Promise<Entry[]> {
  const isListed = and(eq(bookings.siteId, siteId), gte(bookings.startAt, ctx.now - BACK_MS), isBlocking(ctx.now));
  const rows = await ctx.db
    .select({ booking: bookings, service: services.name })
    .from(bookings)
    .leftJoin(services, and(eq(services.id, bookings.serviceId), eq(services.siteId, bookings.siteId)))
    .where(scoped(ctx, bookings, isListed))
    .orderBy(asc(bookings.startAt), asc(bookings.id))
    .limit(MAX_ENTRIES);
  return rows.map(({ booking, service }) => entryOf(booking, service ?? appointmentIn(locale), showsCustomer));
}

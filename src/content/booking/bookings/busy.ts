import { and, eq, gt, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type BookingRow, bookings, LONGEST_BUSY_MS } from "./table.ts";

/** What of an appointment keeps others out. */
export type Busy = Pick<BookingRow, "serviceId" | "staffId" | "startAt" | "busyFrom" | "busyUntil" | "people">;

/** An appointment that is not there yet. */
export type Wanted = Omit<Busy, "people">;

/** Whether a booking keeps others out at this moment: a hold that has run out no longer does, whoever has noticed yet. */
export const isBlocking = (now: number): SQL =>
  or(
    inArray(bookings.status, ["confirmed", "completed"]),
    and(eq(bookings.status, "pending"), or(isNull(bookings.holdUntil), gt(bookings.holdUntil, now))),
  ) as SQL;

/** Whether a booking is busy at any time between two moments, the second not among them. */
export const overlaps = (from: number, until: number): SQL =>
  and(
    // For the index; what follows says it exactly.
    gt(bookings.startAt, from - LONGEST_BUSY_MS),
    lt(bookings.startAt, until + LONGEST_BUSY_MS),
    lt(bookings.busyFrom, until),
    gt(bookings.busyUntil, from),
  ) as SQL;

/** Whether a booking is of a service and with nobody in particular. */
export const isOfNobody = (serviceId: string): SQL =>
  // The plus keeps SQLite off the index of staff: of those with nobody, there are all services'.
  and(eq(bookings.serviceId, serviceId), sql`+${bookings.staffId} IS NULL`) as SQL;

interface Between {
  siteId: string;
  from: number;
  until: number;
  serviceId: string;
  /** Who could do it; empty for a service that nobody in particular does. */
  staffIds: readonly string[];
  /** One that is about to be moved, and not in its own way. */
  exceptBookingId?: string;
}

/** What keeps a service's appointments out between two moments: everything its staff does, whichever service it is for. */
export async function busyBetween(
  ctx: Ctx,
  { siteId, from, until, serviceId, staffIds, exceptBookingId }: Between,
): Promise<Busy[]> {
  const ofWhom = staffIds.length > 0 ? isListed(bookings.staffId, [...staffIds]) : isOfNobody(serviceId);
  const isOther = exceptBookingId === undefined ? undefined : ne(bookings.id, exceptBookingId);
  const { serviceId: service, staffId, startAt, busyFrom, busyUntil, people } = bookings;
  return await ctx.db
    .select({ serviceId: service, staffId, startAt, busyFrom, busyUntil, people })
    .from(bookings)
    .where(
      scoped(
        ctx,
        bookings,
        and(eq(bookings.siteId, siteId), ofWhom, overlaps(from, until), isBlocking(ctx.now), isOther),
      ),
    );
}

/**
 * How many more people an appointment can take, of those a service has room for (`capacity`). Somebody is in one place at a
 * time, buffers included: only who comes to the same appointment shares it. What nobody in particular does has room for so
 * many at any moment.
 */
export function leftFor(busy: readonly Busy[], wanted: Wanted, capacity: number): number {
  const { serviceId, staffId, startAt, busyFrom, busyUntil } = wanted;
  const isInTheWay = (it: Busy) =>
    it.busyFrom < busyUntil &&
    it.busyUntil > busyFrom &&
    it.staffId === staffId &&
    (staffId !== null || it.serviceId === serviceId);
  const others = busy.filter(isInTheWay);
  if (staffId !== null) {
    const isSame = (it: Busy) => it.serviceId === serviceId && it.startAt === startAt;
    return others.every(isSame) ? Math.max(0, capacity - peopleIn(others)) : 0;
  }
  const moments = [busyFrom, ...others.map((it) => it.busyFrom).filter((at) => at > busyFrom)];
  const most = moments.map((at) => peopleIn(others.filter((it) => it.busyFrom <= at && it.busyUntil > at)));
  return Math.max(0, capacity - Math.max(...most));
}

const peopleIn = (some: readonly Busy[]): number => some.reduce((sum, { people }) => sum + people, 0);

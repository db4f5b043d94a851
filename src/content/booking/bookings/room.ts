import { and, eq, gt, lte, ne, type SQL, sql } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { slotTaken } from "../slots/slots.ts";
import { isBlocking, isOfNobody, overlaps } from "./busy.ts";
import { type BookingRow, bookings } from "./table.ts";

/** An appointment that wants room. */
export type Place = Pick<
  BookingRow,
  "id" | "siteId" | "serviceId" | "staffId" | "startAt" | "busyFrom" | "busyUntil" | "people"
>;

/** How many come, of what a condition finds. */
const peopleOf = (which: SQL): SQL =>
  sql`(SELECT coalesce(sum(${bookings.people}), 0) FROM ${bookings} WHERE ${which})`;

/**
 * Holds the commit to there being room: what `leftFor` says of a moment ago, asked of the bookings there are when it is
 * written. Of all that want the last place at once, the first commit has it and the others get `error`.
 */
export function requireRoom(ctx: Ctx, place: Place, capacity: number, error: Error = slotTaken()): void {
  const { id, siteId, serviceId, staffId, startAt, busyFrom, busyUntil, people } = place;
  const ofWhom = staffId === null ? isOfNobody(serviceId) : eq(bookings.staffId, staffId);
  const others = scoped(
    ctx,
    bookings,
    and(eq(bookings.siteId, siteId), ofWhom, ne(bookings.id, id), overlaps(busyFrom, busyUntil), isBlocking(ctx.now)),
  );
  const room = capacity - people;
  if (staffId === null) {
    // Ever as many as at the moment when the most are there, which is when one of them comes.
    const { busyFrom: from, busyUntil: until } = bookings;
    const moments = sql`SELECT ${busyFrom} AS begins UNION SELECT ${from} FROM ${bookings}
      WHERE ${and(others, gt(from, busyFrom))}`;
    const atOnce = peopleOf(and(others, lte(from, sql`moments.begins`), gt(until, sql`moments.begins`)) as SQL);
    ctx.unit.requireNone(sql`SELECT '' AS found FROM (${moments}) AS moments WHERE ${atOnce} > ${room}`, () => error);
    return;
  }
  const isElsewhere = and(others, sql`NOT ${and(eq(bookings.serviceId, serviceId), eq(bookings.startAt, startAt))}`);
  ctx.unit.requireNone(
    sql`SELECT '' AS found WHERE EXISTS (SELECT 1 FROM ${bookings} WHERE ${isElsewhere}) OR ${peopleOf(others)} > ${room}`,
    () => error,
  );
}

import { and, eq, gte, lt, type SQL } from "drizzle-orm";
import { invalid } from "../../../core/errors.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import { bookings } from "./table.ts";

interface Range {
  date?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  serviceId?: string | undefined;
  staffId?: string | undefined;
  orderBy?: string | undefined;
}

/**
 * The bookings of a time, of a service or of somebody. They are listed by when they begin, as their indexes have them: in any
 * other order a page would have to be looked for among all of them.
 */
export async function rangeOf(
  { settings }: { settings: Record<string, unknown> },
  { date, from, to, serviceId, staffId, orderBy = "startAt" }: Range,
): Promise<{ where: SQL; orderBy: string } | null> {
  const { startAt } = bookings;
  const conditions = [
    from === undefined ? undefined : gte(startAt, from),
    to === undefined ? undefined : lt(startAt, to),
    serviceId === undefined ? undefined : eq(bookings.serviceId, serviceId),
    staffId === undefined ? undefined : eq(bookings.staffId, staffId),
  ];
  if (date !== undefined) {
    const day = (await zoned()).dayOf(zoneOf(settings), date);
    conditions.push(gte(startAt, day.from), lt(startAt, day.until));
  }
  const where = and(...conditions);
  if (!where) return null;
  if (orderBy !== "startAt") {
    throw invalid("orderBy", "must be startAt beside date, from, to, serviceId and staffId");
  }
  return { where, orderBy };
}

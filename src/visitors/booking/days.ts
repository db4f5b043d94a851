import type { ServiceRow } from "../../content/booking/services/table.ts";
import { freeDays, slotsOn } from "../../content/booking/slots/slots.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import type { Diary } from "../diary/diary.ts";
import { nearestDays, type Span } from "../diary/nearest.ts";

interface Wanted {
  siteId: string;
  service: ServiceRow;
  /** `null` for whoever is free. */
  staffId: string | null;
  /** A booking that is about to be moved: it is not in its own way. */
  exceptBookingId?: string;
  people?: number;
}

const askedOf = ({ siteId, service, staffId, exceptBookingId, people }: Wanted) => ({
  ...{ siteId, serviceId: service.id, people },
  ...(staffId !== null && { staffId }),
  ...(exceptBookingId !== undefined && { exceptBookingId }),
});

/** The times of a day at which a service can be booked. */
export async function freeTimes({ ctx }: Pick<Diary, "ctx">, wanted: Wanted, date: string): Promise<FreeTime[]> {
  const { service, people = 1 } = wanted;
  const slots = await slotsOn(ctx, { ...askedOf(wanted), date });
  return slots
    .filter(({ left }) => left >= people)
    .map(({ startAt, endAt, left }) => ({ startAt, endAt, left: service.capacity > 1 ? left : null }));
}

/** The free times of a day, and the days nearest to it on which there are others. */
export async function daysAround(
  diary: Diary,
  { date, days, ...wanted }: Wanted & { date: string; days: Span },
): Promise<{ times: FreeTime[]; earlier: string | null; later: string | null }> {
  const free = (span: Span) => freeDays(diary.ctx, { ...askedOf(wanted), from: span.first, to: span.last });
  const [times, nearest] = await Promise.all([freeTimes(diary, wanted, date), nearestDays(diary, date, days, free)]);
  return { times, ...nearest };
}

import { freeDays, tablesOn } from "../../content/reservation/free/day.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import type { Diary } from "../diary/diary.ts";
import { nearestDays, type Span } from "../diary/nearest.ts";

interface Wanted {
  siteId: string;
  people: number;
  /** A reservation that is about to be moved: it is not in its own way. */
  exceptId?: string;
}

const partyOf = ({ siteId, people, exceptId }: Wanted) => ({ siteId, partySize: people, exceptId });

/** The times of a day at which a table is free, whichever it is. */
export async function freeTimes({ ctx }: Pick<Diary, "ctx">, wanted: Wanted, date: string): Promise<FreeTime[]> {
  const tables = await tablesOn(ctx, { ...partyOf(wanted), date });
  const times = new Map<number, FreeTime>();
  for (const { timeSlots } of tables) {
    for (const { startTime, endTime, available } of timeSlots) {
      const startAt = Date.parse(startTime);
      if (available) times.set(startAt, { startAt, endAt: Date.parse(endTime), left: null });
    }
  }
  return [...times.values()].sort((a, b) => a.startAt - b.startAt);
}

/** The free times of a day, and the days nearest to it on which there are others. */
export async function daysAround(
  diary: Diary,
  { date, days, ...wanted }: Wanted & { date: string; days: Span },
): Promise<{ times: FreeTime[]; earlier: string | null; later: string | null }> {
  const free = ({ first, last }: Span) => freeDays(diary.ctx, partyOf(wanted), datesFrom(diary, first, last));
  const [times, nearest] = await Promise.all([freeTimes(diary, wanted, date), nearestDays(diary, date, days, free)]);
  return { times, ...nearest };
}

function datesFrom({ clock }: Pick<Diary, "clock">, first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = clock.addDays(date, 1)) dates.push(date);
  return dates;
}

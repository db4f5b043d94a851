import { tablesOn } from "../../content/reservation/free/day.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import type { Diary } from "../diary/diary.ts";
import { nearestDays, type Span } from "../diary/nearest.ts";

interface Wanted {
  siteId: string;
  people: number;
}

/** The times of a day at which a table is free, whichever it is. */
export async function freeTimes({ ctx }: Pick<Diary, "ctx">, { siteId, people }: Wanted, date: string): Promise<FreeTime[]> {
  const tables = await tablesOn(ctx, { siteId, date, partySize: people });
  const times = new Map<number, FreeTime>();
  for (const { timeSlots } of tables) {
    for (const { startTime, endTime, available } of timeSlots) {
      const startAt = Date.parse(startTime);
      if (available) times.set(startAt, { startAt, endAt: Date.parse(endTime), left: null });
    }
  }
  return [...times.values()].sort((a, b) => a.startAt - b.startAt);
}

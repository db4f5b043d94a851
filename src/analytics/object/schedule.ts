import type { RolledUp } from "./event-store.ts";

const HOUR_MS = 3_600_000;
/** So many events for each row that is written: 0.05 rows an event, whatever the traffic. */
const EVENTS_A_ROW = 20;
/** So long after the name of a day in UTC it is over in every zone, by an hour and more. */
const OVER_EVERYWHERE_MS = 37 * HOUR_MS;

/** What is known of a day that is not closed. */
export interface OpenDay {
  day: string;
  events: number;
  /** When the last event came, whenever it was. */
  takenAt: number;
}

/** Whether nobody's clock shows the day any more, and nothing has come for an hour: no event of it can. */
export const isClosing = ({ day, takenAt }: OpenDay, now: number): boolean =>
  now >= Date.parse(day) + OVER_EVERYWHERE_MS && now - takenAt >= HOUR_MS;

/**
 * Whether a day is worth rolling up: it is closing; there is a later one and it is quiet; or there is news for an hour, and
 * enough of it.
 */
export function isDue(open: OpenDay, rolled: RolledUp, { now, newest }: { now: number; newest: string }): boolean {
  if (isClosing(open, now)) return true;
  const news = open.events - rolled.events;
  if (news <= 0) return false;
  if (open.day < newest && now - open.takenAt >= HOUR_MS) return true;
  const rows = 1 + rolled.endPart - rolled.firstPart;
  return now - rolled.at >= HOUR_MS && news >= EVENTS_A_ROW * rows;
}

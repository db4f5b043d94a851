import type { Zoned } from "../../../core/zoned.ts";
import type { Times, Week } from "../settings/hours.ts";
import { narrowed, type Opening, openingsOf, timesOn } from "./openings.ts";

/** Days that are not like others, of a website (`staffId` null) or of one of its staff. */
export interface Exception {
  staffId: string | null;
  startDate: string;
  endDate: string;
  hours: readonly Times[];
  createdAt: number;
}

/** Somebody who does a service, or nobody in particular. */
export interface Who {
  id: string | null;
  /** `null`: the website's. */
  hours: Week | null;
}

/** What of a service its slots follow from. */
export interface Bookable {
  id: string;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  slotIntervalMinutes: number | null;
  capacity: number;
  noticeMinutes: number;
  horizonDays: number;
}

/** Everything that decides which slots there are, but for who has booked them. */
export interface Plan {
  zone: string;
  service: Bookable;
  /** Who can do it, who is asked first in front; one of `id` null where nobody in particular does. */
  who: readonly Who[];
  /** When the website takes appointments. */
  week: Week;
  exceptions: readonly Exception[];
}

const daysOf = ({ startDate, endDate }: Exception): number => Date.parse(endDate) - Date.parse(startDate);

/** The exception that counts on a date: the one of fewer days, of those the newest. */
function exceptionOn({ exceptions }: Plan, date: string, staffId: string | null): Exception | undefined {
  const those = exceptions.filter((it) => it.staffId === staffId && it.startDate <= date && date <= it.endDate);
  return those.sort((a, b) => daysOf(a) - daysOf(b) || b.createdAt - a.createdAt)[0];
}

/**
 * What opens on a date for somebody. Their own exception counts before everything else. One of the website's is everybody's:
 * who has hours of their own works as much of them as lies within it.
 */
export function openingsFor(clock: Zoned, plan: Plan, who: Who, date: string): Opening[] {
  const open = (times: readonly Times[]) => openingsOf(clock, plan.zone, date, times);
  const own = who.id === null ? undefined : exceptionOn(plan, date, who.id);
  if (own) return open(own.hours);
  const everybodys = exceptionOn(plan, date, null);
  if (!everybodys) return open(timesOn(clock, who.hours ?? plan.week, date));
  const special = open(everybodys.hours);
  return who.hours === null ? special : narrowed(open(timesOn(clock, who.hours, date)), special);
}

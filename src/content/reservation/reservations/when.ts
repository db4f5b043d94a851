import { invalid } from "../../../core/errors.ts";
import { takesReservations } from "../settings/services.ts";
import { durationOf } from "../settings/settings.ts";
import { earlyOrLate, momentOf, type Place, timesOf } from "../times/times.ts";
import { LONGEST_MS } from "./table.ts";

/** When a party comes, as it was asked for: `time` is `HH:MM` of the day, or the moment that a time slot gave. */
interface Asked {
  date: string | null;
  time: string;
  partySize: number;
}

/** The same as it is stored. */
export interface When {
  date: string;
  time: string;
  startAt: number;
  endAt: number;
}

/** The moment that is meant; throws 400 for one that the clock of that day never shows. */
export function whenOf(place: Place, { date, time, partySize }: Asked): When {
  const { settings, zone, clock } = place;
  const startAt = date === null || time.includes("T") ? Date.parse(time) : momentOf(place, date, time);
  if (startAt === null) throw invalid("time", "is left out by the clock on that day");
  const shown = clock.localOf(zone, startAt);
  if (date !== null && shown.date !== date) throw invalid("time", "is not a time of that day");
  const endAt = startAt + Math.min(LONGEST_MS, durationOf(settings, partySize));
  return { date: shown.date, time: shown.time, startAt, endAt };
}

/** What can be reserved, whoever asks: one of the day's times, neither too soon nor too far ahead. */
export function requireReservable(place: Place, { date, startAt }: When, now: number): void {
  if (!takesReservations(place.settings)) {
    throw invalid(
      "time",
      "is not a time that can be reserved: the website has no hours in settings.reservation.services yet",
    );
  }
  if (!timesOf(place, date).some((it) => it.startAt === startAt)) {
    throw invalid("time", "is not a time that can be reserved on that day");
  }
  const problem = earlyOrLate(place, date, startAt, now);
  if (problem === "late") throw invalid("time", "is too soon, or past");
  if (problem === "early") throw invalid("date", `is more than ${place.settings.horizonDays} days ahead`);
}

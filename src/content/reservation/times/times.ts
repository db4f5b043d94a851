import { type Zoned, zoned, zoneOf } from "../../../core/zoned.ts";
import { servicesOn } from "../settings/services.ts";
import { type ReservationSettings, reservationSettingsOf } from "../settings/settings.ts";

/** A time that can be reserved: what the clock shows, and the moment it is. */
export interface ReservableTime {
  time: string;
  startAt: number;
}

/** How a website takes reservations, and its clock. */
export interface Place {
  settings: ReservationSettings;
  zone: string;
  clock: Zoned;
}

export const placeOf = async (site: { settings: Record<string, unknown> }): Promise<Place> => ({
  settings: reservationSettingsOf(site),
  zone: zoneOf(site.settings),
  clock: await zoned(),
});

const MINUTE_MS = 60_000;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const two = (number: number): string => String(number).padStart(2, "0");
const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** The moment of a time of a day, `null` where the clock leaves it out; of a time that comes twice the first. */
export function momentOf({ zone, clock }: Place, date: string, time: string): number | null {
  const at = clock.instantOf(zone, date, time);
  const shown = clock.localOf(zone, at);
  return shown.date === date && shown.time === time ? at : null;
}

/** The times of a day that its services have, in their order, whoever reserves and when. */
export function timesOf(place: Place, date: string): ReservableTime[] {
  const { settings, clock } = place;
  const minutes = new Set<number>();
  for (const { from, until } of servicesOn(settings, date, clock.weekdayOf(date))) {
    for (let at = minutesOf(from); at <= minutesOf(until); at += settings.slotIntervalMinutes) minutes.add(at);
  }
  const found = [...minutes]
    .map(timeOf)
    .map((time) => ({ time, startAt: momentOf(place, date, time) }))
    .filter((it): it is ReservableTime => it.startAt !== null);
  return found.sort((a, b) => a.startAt - b.startAt);
}

/** Why nobody can reserve a moment any more, or already; `null` where they can. */
export function earlyOrLate({ settings, zone, clock }: Place, date: string, startAt: number, now: number) {
  if (startAt < now + settings.noticeMinutes * MINUTE_MS || startAt <= now) return "late" as const;
  const last = clock.addDays(clock.localOf(zone, now).date, settings.horizonDays);
  return date > last ? ("early" as const) : null;
}

import { takesReservations } from "../../content/reservation/settings/services.ts";
import { reservationSettingsOf } from "../../content/reservation/settings/settings.ts";
import { largestTable } from "../../content/reservation/tables/largest.ts";
import { dayIn, numberIn, spanOf } from "../diary/asked.ts";
import type { Diary } from "../diary/diary.ts";

/** How many come, before anybody has said. */
export const USUAL_PARTY = 2;

/** What a table is asked for, kept within what can be. */
export interface Wanted {
  date: string;
  people: number;
  days: { first: string; last: string };
  mostPeople: number;
  /** Whether more come than can be: then the most are asked for. */
  isTooMany: boolean;
}

/** What an address or a form asks for; `null` where no tables can be reserved. */
export async function wantedIn(diary: Diary, texts: { date: string; people: string }): Promise<Wanted | null> {
  const settings = reservationSettingsOf(diary.site);
  if (!takesReservations(settings)) return null;
  const days = spanOf(diary, settings.horizonDays);
  const largest = await largestTable(diary.ctx, diary.site.id);
  if (largest === 0) return null;
  const mostPeople = Math.min(settings.maxPartySize ?? largest, largest);
  const people = numberIn(texts.people, { min: 1, max: mostPeople, usual: USUAL_PARTY });
  return { date: dayIn(texts.date, days), people, days, mostPeople, isTooMany: Number(texts.people) > mostPeople };
}

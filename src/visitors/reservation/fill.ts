import { html } from "hono/html";
import type { Html } from "../../rendering/blocks/kit.ts";
import { dayPicker } from "../../rendering/booking/day-picker.ts";
import { momentsIn } from "../../rendering/booking/moments.ts";
import type { ReservationQuery } from "../../rendering/booking/query.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import { openDiary } from "../diary/diary.ts";
import type { Filler } from "../live/filling.ts";
import { addressBelow } from "../live/visitor.ts";
import { wantedIn } from "./asked.ts";
import { RESERVE_ROOT } from "./root.ts";

/** What blocks show from which a table is reserved: the day and the people, and the way to the times. */
export const fillReservation: Filler<ReservationQuery> = async (at, queries) => {
  const diary = await openDiary(at);
  const words = reservationWordsFor(at.locale);
  const moments = momentsIn(at.locale, diary.zone);
  const shown = async (query: ReservationQuery, index: number): Promise<Html> => {
    const wanted = await wantedIn(diary, { date: "", people: String(query.people) });
    if (wanted === null) return html`<p class="empty">${words.nothingOffered}</p>`;
    const { date, people, days, mostPeople } = wanted;
    const picker = {
      action: addressBelow(RESERVE_ROOT, at, ""),
      ...{ date, min: days.first, max: days.last, people: { value: people, max: mostPeople }, staff: null, kept: {} },
      ...{ earlier: null, later: null },
    };
    return dayPicker(picker, words, moments, `reserve-${index}`);
  };
  const contents = await Promise.all(queries.map(shown));
  return { contents, extras: ["booking.css"] };
};

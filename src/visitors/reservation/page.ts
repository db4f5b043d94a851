import { asked, momentIn } from "../diary/asked.ts";
import { untyped } from "../diary/details-form.ts";
import { diaryOf } from "../diary/diary.ts";
import { newFormKey } from "../diary/form-key.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import type { LivePage } from "../live/page.ts";
import { wantedIn } from "./asked.ts";
import { freeTimes } from "./days.ts";
import { detailsDocument } from "./details.ts";
import { receiveReservation } from "./reserve.ts";
import { timesDocument } from "./times.ts";

/** Free tables, the form for a time that was chosen, and what the form is sent to. */
export const reservePage: LivePage = {
  bucket: "booking",

  async get(visit) {
    const diary = await diaryOf(visit);
    const wanted = await wantedIn(diary, { date: asked(visit, "date"), people: asked(visit, "people") });
    if (wanted === null) return null;
    const startAt = visit.site.draft ? null : momentIn(asked(visit, "time"));
    if (startAt === null) return timesDocument(visit, diary, wanted);
    const times = await freeTimes(diary, { siteId: visit.site.siteId, people: wanted.people }, wanted.date);
    const time = times.find((it) => it.startAt === startAt);
    if (!time) return timesDocument(visit, diary, wanted, reservationWordsFor(visit.locale).taken);
    return detailsDocument(visit, diary, wanted, { time, typed: untyped(wanted.people), key: newFormKey() });
  },

  post: receiveReservation,
};

import { momentIn, asked, dayIn, numberIn } from "../diary/asked.ts";
import { untyped } from "../diary/details-form.ts";
import { newFormKey } from "../diary/form-key.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import type { LivePage } from "../live/page.ts";
import { receiveBooking } from "./book.ts";
import { freeTimes } from "./days.ts";
import { detailsDocument, MAX_PEOPLE } from "./details.ts";
import { bookedAt, daysOf, timesDocument } from "./service.ts";

/** A service: its free times, the form for one that was chosen, and what the form is sent to. */
export const servicePage: LivePage = {
  bucket: "booking",

  async get(visit) {
    const booked = await bookedAt(visit, asked(visit, "staff"));
    if (!booked) return null;
    const startAt = visit.site.draft ? null : momentIn(asked(visit, "time"));
    if (startAt === null) return timesDocument(visit, booked);
    const { diary, service, chosen } = booked;
    const date = dayIn(asked(visit, "date"), daysOf(booked));
    const wanted = { siteId: visit.site.siteId, service, staffId: chosen?.id ?? null };
    const time = (await freeTimes(diary, wanted, date)).find((it) => it.startAt === startAt);
    if (!time) return timesDocument(visit, booked, bookingWordsFor(visit.locale).taken);
    const people = numberIn(asked(visit, "people"), { min: 1, max: MAX_PEOPLE, usual: 1 });
    return detailsDocument(visit, booked, { date, time, typed: untyped(people), key: newFormKey() });
  },

  post: receiveBooking,
};

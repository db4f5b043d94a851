import { serviceName } from "../../content/booking/calendar/entries.ts";
import { calendarOf } from "../../content/booking/calendar/ics.ts";
import { diaryOf, placeOf } from "../diary/diary.ts";
import { findLinked, linkedAddress } from "../diary/linked.ts";
import type { LivePage } from "../live/page.ts";
import { contextOf } from "../live/visitor.ts";
import { answer } from "../respond.ts";
import { LINKED_BOOKINGS } from "./booking.ts";

/** A booking as a file for its customer's calendar, which moves it or takes it away when it is read again. */
export const calendarPage: LivePage = {
  async get(visit) {
    const booking = await findLinked(LINKED_BOOKINGS, contextOf(visit), visit);
    if (!booking) return null;
    const diary = await diaryOf(visit);
    const name = await serviceName(diary.ctx, booking, visit.locale);
    const place = placeOf(diary).join(", ");
    const entry = {
      ...booking,
      ...{ summary: name, description: null, location: place === "" ? null : place },
      url: new URL(linkedAddress(LINKED_BOOKINGS, visit), visit.request.url).href,
    };
    const isGone = booking.status === "cancelled" || booking.status === "expired";
    const body = await calendarOf([entry], { name: diary.site.name, method: isGone ? "CANCEL" : "PUBLISH" });
    const headers = {
      "Content-Disposition": `attachment; filename="${booking.id}.ics"`,
      "Referrer-Policy": "no-referrer",
      "X-Robots-Tag": "noindex",
    };
    return answer(visit.request, { type: "ics", body, headers });
  },
};

import type { BookingRow } from "../../content/booking/bookings/table.ts";
import { bookForVisitor, findBookedBy } from "../../content/booking/visitors/book.ts";
import { type VisitorBooking, VisitorBookingSchema } from "../../content/booking/visitors/contract.ts";
import { bookingToken } from "../../content/booking/visitors/link.ts";
import { commitAs } from "../../content/live/visitor.ts";
import { DomainError } from "../../core/errors.ts";
import { isOutage } from "../../core/http/respond.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import type { Details } from "../../rendering/booking/details-page.ts";
import { addressWith } from "../diary/answers.ts";
import { dayIn, momentIn } from "../diary/asked.ts";
import { customerIn, fieldsIn, problemsOf, typedIn } from "../diary/details-form.ts";
import { formKeyIn, storedKey } from "../diary/form-key.ts";
import { isTrapped } from "../diary/trap.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { addressBelow, contextOf, leadOn } from "../live/visitor.ts";
import { freeTimes } from "./days.ts";
import { detailsDocument, mostPeople } from "./details.ts";
import { BOOK_ROOT } from "./root.ts";
import { type Booked, bookedAt, daysOf } from "./service.ts";

/** A form as it was sent. */
interface Sent {
  booked: Booked;
  date: string;
  startAt: number | null;
  typed: Details;
  key: string;
}

/** Leads to the page of a booking. */
async function toBooking(visit: LiveVisit, booking: BookingRow): Promise<Response> {
  const token = await bookingToken(visit.env, booking);
  return leadOn(visit.request, addressWith(BOOK_ROOT, visit, `bookings/${booking.id}`, { token }));
}

/** The form once more: with its time where that is still free, else with the other times of the day. */
async function again(
  visit: LiveVisit,
  { booked, date, startAt, typed, key }: Sent,
  { fields = [], status, isTooMany = false }: { fields?: readonly string[]; status: number; isTooMany?: boolean },
): Promise<LiveDocument> {
  const { diary, service, chosen } = booked;
  const words = bookingWordsFor(visit.locale);
  const times = await freeTimes(diary, { siteId: visit.site.siteId, service, staffId: chosen?.id ?? null }, date);
  const time = times.find((it) => it.startAt === startAt) ?? null;
  const gone = time || startAt === null ? [] : [{ field: "time", message: words.taken }];
  // A time that is none any more is said not to be free: the form has no other field for it.
  const typedFields = gone.length === 0 ? fields : fields.filter((it) => !["startTime", "date"].includes(it));
  const missing = startAt === null ? [{ field: "time", message: words.required }] : [];
  const many = time && isTooMany ? [{ field: "people", message: words.tooMany }] : [];
  const busy = time && status === 409 && !isTooMany ? [{ field: "", message: words.busy }] : [];
  const problems = [...missing, ...gone, ...busy, ...many, ...problemsOf(typedFields, typed, words)];
  return detailsDocument(visit, booked, { date, time, others: times, typed, problems, key, status });
}

/** What a form asks for, or the fields that are wrong. */
function bodyOf({ booked, startAt, typed }: Sent, locale: string): { body: VisitorBooking | null; fields: string[] } {
  const parsed = VisitorBookingSchema.safeParse({
    serviceId: booked.service.id,
    startTime: startAt === null ? "" : nameOfTime(startAt),
    customer: customerIn(typed),
    ...(booked.chosen && { staffId: booked.chosen.id }),
    ...(mostPeople(booked) !== null && { people: Number(typed.people) }),
    note: typed.note || null,
    locale,
  });
  if (parsed.success) return { body: parsed.data, fields: [] };
  return { body: null, fields: fieldsIn(parsed.error).filter((it) => it !== "startTime") };
}

/** Books what was chosen and leads to it, or says what came between. */
async function book(visit: Parameters<Post>[0], sent: Sent, body: VisitorBooking): Promise<LiveDocument | Response> {
  const ctx = contextOf(visit);
  const { siteId } = visit.site;
  const bookingKey = storedKey(sent.key);
  try {
    const { booking } = await commitAs(ctx, () => bookForVisitor(ctx, { siteId, bookingKey, body }));
    return await toBooking(visit, booking);
  } catch (error) {
    if (!(error instanceof DomainError) || isOutage(error)) throw error;
    // The same form was sent a second time, and the other one was faster.
    const booked = await findBookedBy(contextOf(visit), siteId, bookingKey);
    if (booked) return toBooking(visit, booked);
    if (error.code !== "conflict") {
      return again(visit, sent, { fields: Object.keys(error.details.fields ?? {}), status: 422 });
    }
    const isTooMany = error.details.reason === "slot_taken" && (body.people ?? 1) > 1;
    return again(visit, sent, { isTooMany, status: 409 });
  }
}

type Post = NonNullable<LivePage["post"]>;

/** What the form of a booking is sent to. */
export const receiveBooking: Post = async (visit) => {
  const form = await readForm(visit.request);
  if (form instanceof Response) return form;
  const key = formKeyIn(form.text("key"));
  const before = await findBookedBy(contextOf(visit), visit.site.siteId, storedKey(key));
  if (before) return toBooking(visit, before);
  const booked = await bookedAt(visit, form.text("staff"));
  if (!booked) return null;
  // Whoever fills in what nobody sees is not heard.
  if (isTrapped(form)) return leadOn(visit.request, addressBelow(BOOK_ROOT, visit, booked.service.id));
  const startAt = momentIn(form.text("time"));
  const sent = { booked, date: dayIn(form.text("date"), daysOf(booked)), startAt, typed: typedIn(form), key };
  const { body, fields } = bodyOf(sent, visit.locale);
  return body === null || startAt === null ? again(visit, sent, { fields, status: 422 }) : book(visit, sent, body);
};

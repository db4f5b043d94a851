import type { ReservationRow } from "../../content/reservation/reservations/table.ts";
import { type VisitorReservation, VisitorReservationSchema } from "../../content/reservation/visitors/contract.ts";
import { reservationToken } from "../../content/reservation/visitors/link.ts";
import { findReservedBy, reserveForVisitor } from "../../content/reservation/visitors/reserve.ts";
import { commitAs } from "../../content/live/visitor.ts";
import { DomainError } from "../../core/errors.ts";
import { isOutage } from "../../core/http/respond.ts";
import type { Details } from "../../rendering/booking/details-page.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { addressWith } from "../diary/answers.ts";
import { momentIn } from "../diary/asked.ts";
import { customerIn, fieldsIn, problemsOf, typedIn } from "../diary/details-form.ts";
import { type Diary, diaryOf } from "../diary/diary.ts";
import { formKeyIn, storedKey } from "../diary/form-key.ts";
import { isTrapped } from "../diary/trap.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { addressBelow, contextOf, leadOn } from "../live/visitor.ts";
import { USUAL_PARTY, type Wanted, wantedIn } from "./asked.ts";
import { freeTimes } from "./days.ts";
import { detailsDocument } from "./details.ts";
import { RESERVE_ROOT } from "./root.ts";

/** A form as it was sent. */
interface Sent {
  diary: Diary;
  wanted: Wanted;
  startAt: number | null;
  typed: Details;
  key: string;
}

/** Leads to the page of a reservation. */
async function toReservation(visit: LiveVisit, reservation: ReservationRow): Promise<Response> {
  const token = await reservationToken(visit.env, reservation);
  return leadOn(visit.request, addressWith(RESERVE_ROOT, visit, `reservations/${reservation.id}`, { token }));
}

/** The form once more: with its time where a table is free yet, else with the other times of the day. */
async function again(
  visit: LiveVisit,
  { diary, wanted, startAt, typed, key }: Sent,
  { fields = [], status, isTooMany = false }: { fields?: readonly string[]; status: number; isTooMany?: boolean },
): Promise<LiveDocument> {
  const words = reservationWordsFor(visit.locale);
  // Too many come: the time may be free for fewer.
  const people = isTooMany ? USUAL_PARTY : wanted.people;
  const times = await freeTimes(diary, { siteId: visit.site.siteId, people }, wanted.date);
  const time = times.find((it) => it.startAt === startAt) ?? null;
  const gone = time || startAt === null ? [] : [{ field: "time", message: words.taken }];
  // A time that is none any more is said not to be free: the form has no other field for it.
  const typedFields = gone.length === 0 ? fields : fields.filter((it) => !["time", "date"].includes(it));
  const missing = startAt === null ? [{ field: "time", message: words.required }] : [];
  const most = words.upTo.replace("{count}", String(wanted.mostPeople));
  const many = isTooMany ? [{ field: "people", message: words.tooMany }] : [];
  const busy = time && status === 409 ? [{ field: "", message: words.busy }] : [];
  const typedProblems = problemsOf(typedFields, typed, words).map((it) =>
    it.field === "people" && wanted.isTooMany ? { ...it, message: most } : it,
  );
  const problems = [...missing, ...gone, ...busy, ...many, ...typedProblems];
  return detailsDocument(visit, diary, wanted, { time, others: times, typed, problems, key, status });
}

/** What a form asks for, or the fields that are wrong. A customer who cannot be reached is not seated. */
function bodyOf(
  { wanted, startAt, typed }: Sent,
  locale: string,
): { body: VisitorReservation | null; fields: string[] } {
  const parsed = VisitorReservationSchema.safeParse({
    date: wanted.date,
    time: startAt === null ? "00:00" : nameOfTime(startAt),
    partySize: Number(typed.people),
    customer: customerIn(typed),
    note: typed.note || null,
    locale,
  });
  const isTooMany = Number(typed.people) > wanted.mostPeople;
  if (parsed.success && !isTooMany) return { body: parsed.data, fields: [] };
  return { body: null, fields: [...(parsed.success ? [] : fieldsIn(parsed.error)), ...(isTooMany ? ["people"] : [])] };
}

type Post = NonNullable<LivePage["post"]>;

/** Reserves what was chosen and leads to it, or says what came between. */
async function reserve(
  visit: Parameters<Post>[0],
  sent: Sent,
  body: VisitorReservation,
): Promise<LiveDocument | Response> {
  const ctx = contextOf(visit);
  const { siteId } = visit.site;
  const formKey = storedKey(sent.key);
  try {
    const { reservation } = await commitAs(ctx, () => reserveForVisitor(ctx, { siteId, formKey, body }));
    return await toReservation(visit, reservation);
  } catch (error) {
    if (!(error instanceof DomainError) || isOutage(error)) throw error;
    // The same form was sent a second time, and the other one was faster.
    const reserved = await findReservedBy(contextOf(visit), siteId, formKey);
    if (reserved) return toReservation(visit, reserved);
    const isTooMany = error.details.fields?.partySize !== undefined;
    return again(visit, sent, { isTooMany, status: error.code === "conflict" ? 409 : 422 });
  }
}

/** What the form of a reservation is sent to. */
export const receiveReservation: Post = async (visit) => {
  const form = await readForm(visit.request);
  if (form instanceof Response) return form;
  const key = formKeyIn(form.text("key"));
  const before = await findReservedBy(contextOf(visit), visit.site.siteId, storedKey(key));
  if (before) return toReservation(visit, before);
  const diary = await diaryOf(visit);
  const wanted = await wantedIn(diary, { date: form.text("date"), people: form.text("people") });
  if (wanted === null) return null;
  // Whoever fills in what nobody sees is not heard.
  if (isTrapped(form)) return leadOn(visit.request, addressBelow(RESERVE_ROOT, visit, ""));
  const sent = { diary, wanted, startAt: momentIn(form.text("time")), typed: typedIn(form), key };
  const { body, fields } = bodyOf(sent, visit.locale);
  const isWhole = body !== null && sent.startAt !== null;
  return isWhole ? reserve(visit, sent, body) : again(visit, sent, { fields, status: 422 });
};

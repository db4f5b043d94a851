import { commitAs } from "../../content/live/visitor.ts";
import { DomainError } from "../../core/errors.ts";
import { isOutage } from "../../core/http/respond.ts";
import type { Ctx } from "../../core/work/context.ts";
import { moveMain } from "../../rendering/booking/move-page.ts";
import type { FreeTime } from "../../rendering/booking/times.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { linkedDocument } from "./answers.ts";
import { asked, dayIn, momentIn } from "./asked.ts";
import { contactIn, type Diary, diaryOf } from "./diary.ts";
import { findLinked, type Kind, type Link, linkedAddress, linkOf } from "./linked.ts";
import type { Span } from "./nearest.ts";

/** Where something can be moved to. */
export interface Choices {
  /** What it is. */
  what: string | null;
  days: Span;
  /** The free times of a day, as if it had none itself, and the nearest other days. */
  around(date: string): Promise<{ times: FreeTime[]; earlier: string | null; later: string | null }>;
}

/** A kind of thing behind a link that can be moved to another time. */
export interface Movable<Row> extends Kind<Row> {
  /** `null` where it can be moved no more. */
  choices(diary: Diary, row: Row): Promise<Choices | null>;
  /** Moves it to a moment. Throws `conflict` where that is taken, or too late. */
  move(ctx: Ctx, link: Link, to: { diary: Diary; startAt: number }): Promise<unknown>;
}

type Timed = { id: string; startAt: number; endAt: number };

/** The page on which another time is chosen; the own page of what can be moved no more. */
async function moveDocument<Row extends Timed>(
  kind: Movable<Row>,
  visit: LiveVisit,
  row: Row,
  { problems = [], status = 200 }: { problems?: Problem[]; status?: number } = {},
): Promise<LiveDocument | Response> {
  const { locale, request } = visit;
  const diary = await diaryOf(visit);
  const back = linkedAddress(kind, visit);
  const choices = await kind.choices(diary, row);
  if (choices === null) return leadOn(request, back);
  const { what, days, around } = choices;
  const words = kind.wordsFor(locale);
  const date = dayIn(asked(visit, "date") || diary.clock.localOf(diary.zone, row.startAt).date, days);
  const { times, earlier, later } = await around(date);
  const addressOn = (day: string) => linkedAddress(kind, visit, "/move", { date: day });
  const linked = (day: string | null) => (day === null ? null : { date: day, href: addressOn(day) });
  const main = moveMain({
    ...{
      locale,
      timeZone: diary.zone,
      words,
      what,
      problems,
      back,
      contact: contactIn(diary),
      action: addressOn(date),
    },
    ...{ startAt: row.startAt, endAt: row.endAt },
    picker: {
      action: new URL(addressOn(date), request.url).pathname,
      ...{ date, min: days.first, max: days.last, people: null, staff: null },
      kept: { token: asked(visit, "token") },
      earlier: linked(earlier),
      later: times.length === 0 ? null : linked(later),
    },
    // Where it is already, it need not be moved to.
    day: { date, times: times.filter(({ startAt }) => startAt !== row.startAt), next: linked(later) },
  });
  return linkedDocument(kind.root, `${kind.folder}/${row.id}/move`, { title: words.move, main, status });
}

/** Where something is moved to another time by whoever has its link. */
export const movePage = <Row extends Timed>(kind: Movable<Row>): LivePage => ({
  bucket: "booking",

  async get(visit) {
    const row = await findLinked(kind, contextOf(visit), visit);
    return row && moveDocument(kind, visit, row);
  },

  async post(visit) {
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const diary = await diaryOf(visit);
    const { ctx } = diary;
    const row = await findLinked(kind, ctx, visit);
    if (!row) return null;
    const { required, taken } = kind.wordsFor(visit.locale);
    const again = (message: string, status: number) =>
      moveDocument(kind, visit, row, { problems: [{ field: "", message }], status });
    const startAt = momentIn(form.text("time"));
    if (startAt === null) return again(required, 422);
    try {
      await commitAs(ctx, () => kind.move(ctx, linkOf(visit), { diary, startAt }));
      return leadOn(visit.request, linkedAddress(kind, visit, "", { moved: "yes" }));
    } catch (error) {
      if (!(error instanceof DomainError) || isOutage(error)) throw error;
      return again(taken, error.code === "conflict" ? 409 : 422);
    }
  },
});

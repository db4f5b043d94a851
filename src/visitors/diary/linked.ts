import { isMailed } from "../../content/live/mailed.ts";
import { commitAs } from "../../content/live/visitor.ts";
import { DomainError } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { linkedMain, type LinkedPage } from "../../rendering/booking/linked-page.ts";
import type { BookingWords } from "../../rendering/booking/words.ts";
import type { LiveDocument, LivePage, LiveVisit, Root } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { addressWith, linkedDocument } from "./answers.ts";
import { asked } from "./asked.ts";
import { contactIn, type Diary, diaryOf, placeOf } from "./diary.ts";

/** What opens something to whoever holds it. */
export interface Link {
  siteId: string;
  id: string;
  token: string;
}

/** What differs from one kind of thing behind a link to the next. */
export interface Kind<Row> {
  name: "booking" | "reservation";
  root: Root;
  /** Where its pages are, below the section. */
  folder: string;
  wordsFor(locale: string): BookingWords;
  /** Throws `not_found` for a link that is none. */
  find(ctx: Ctx, link: Link): Promise<Row>;
  /** What its page says, but for what all of them say. */
  show(visit: LiveVisit, diary: Diary, row: Row): Promise<Omit<LinkedPage, Common> & { awaits: boolean }>;
  /** What its customer can do. Each throws `conflict` for what is too late. */
  confirm(ctx: Ctx, link: Link): Promise<unknown>;
  cancel(ctx: Ctx, link: Link): Promise<unknown>;
}

type Common = "locale" | "timeZone" | "words" | "place" | "action" | "notice" | "confirming" | "isMoved" | "contact";

/** The link of a visit. */
export const linkOf = (visit: LiveVisit): Link => ({
  siteId: visit.site.siteId,
  id: visit.name,
  token: asked(visit, "token"),
});

/** The address of a page behind the link of a visit: its own, or one below it. */
export const linkedAddress = <Row>(
  { root, folder }: Kind<Row>,
  visit: LiveVisit,
  below = "",
  query: Record<string, string> = {},
): string =>
  addressWith(root, visit, `${folder}/${encodeURIComponent(visit.name)}${below}`, {
    token: asked(visit, "token"),
    ...query,
  });

/** What the link of a visit opens; `null` for every link that is none, and in a preview. */
export async function findLinked<Row>(kind: Kind<Row>, ctx: Ctx, visit: LiveVisit): Promise<Row | null> {
  if (visit.site.draft) return null;
  try {
    return await kind.find(ctx, linkOf(visit));
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

/** Whether the visit comes from a mail. */
const fromMail = <Row>({ name }: Kind<Row>, visit: LiveVisit): Promise<boolean> =>
  isMailed(visit.env, name, linkOf(visit), asked(visit, "confirm"));

/** The page's own address; its forms know of the mail as it does. */
const ownAddress = <Row>(kind: Kind<Row>, visit: LiveVisit): string =>
  linkedAddress(kind, visit, "", { confirm: asked(visit, "confirm") });

async function documentOf<Row>(
  kind: Kind<Row>,
  visit: LiveVisit,
  row: Row,
  { notice = null, status = 200 }: { notice?: string | null; status?: number } = {},
): Promise<LiveDocument> {
  const { locale } = visit;
  const diary = await diaryOf(visit);
  const words = kind.wordsFor(locale);
  const [{ awaits, ...shown }, isRead] = await Promise.all([kind.show(visit, diary, row), fromMail(kind, visit)]);
  const main = linkedMain({
    ...shown,
    ...{ locale, timeZone: diary.zone, words, notice },
    confirming: awaits ? (isRead ? "here" : "by mail") : null,
    place: placeOf(diary),
    isMoved: asked(visit, "moved") !== "",
    contact: contactIn(diary),
    action: ownAddress(kind, visit),
  });
  return linkedDocument(kind.root, `${kind.folder}/${visit.name}`, { title: words.title, main, status });
}

/** Does what a form's button says, or nothing. */
async function act<Row>(kind: Kind<Row>, ctx: Ctx, visit: LiveVisit, action: string): Promise<void> {
  if (action === "cancel") await commitAs(ctx, () => kind.cancel(ctx, linkOf(visit)));
  if (action !== "confirm" || !(await fromMail(kind, visit))) return;
  await commitAs(ctx, () => kind.confirm(ctx, linkOf(visit)));
}

/** The page behind a link, and what its forms are sent to. */
export const linkedPage = <Row>(kind: Kind<Row>): LivePage => ({
  bucket: "booking",

  async get(visit) {
    const row = await findLinked(kind, contextOf(visit), visit);
    return row && documentOf(kind, visit, row);
  },

  async post(visit) {
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const ctx = contextOf(visit);
    const row = await findLinked(kind, ctx, visit);
    if (!row) return null;
    try {
      await act(kind, ctx, visit, form.text("action"));
      return leadOn(visit.request, ownAddress(kind, visit));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
      const now = (await findLinked(kind, contextOf(visit), visit)) ?? row;
      return documentOf(kind, visit, now, { notice: kind.wordsFor(visit.locale).tooLate, status: 409 });
    }
  },
});

import { answersTo, type Answered, type Complaint, type Sent } from "../../content/forms/submissions/answers.ts";
import { submitForm } from "../../content/forms/submissions/submit.ts";
import { readToken, showingToken } from "../../content/forms/submissions/token.ts";
import type { FormProblem, Typed } from "../../rendering/forms/controls.ts";
import { type FormDefinition, lengthOf, MAX_FILES_BYTES } from "../../rendering/forms/definition.ts";
import { formMain, PAGE_FIELD, TOKEN_FIELD, TRAP_FIELD } from "../../rendering/forms/form.ts";
import { type FormWords, formWordsFor, saidOf } from "../../rendering/forms/words.ts";
import { now } from "../../core/clock.ts";
import type { LiveDocument, LivePage, LiveVisit, Posted } from "../live/page.ts";
import { readForm, type SentForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { formDocument } from "./document.ts";
import { findForm, type FoundForm } from "./find.ts";
import { formAddress, thanksAddress } from "./root.ts";

/** What surrounds the files of a form on the wire, and its other fields. */
export const MAX_FORM_BYTES = MAX_FILES_BYTES + 500_000;

const sentIn = (form: SentForm): Sent => ({ texts: form.texts, files: form.files });

/** What was typed, as it is shown again: nothing of it is longer than it may be, by far. */
const typedIn = ({ fields }: FormDefinition, form: SentForm): Typed =>
  Object.fromEntries(
    fields.map((field) => [field.name, form.texts(field.name).map((it) => it.slice(0, 2 * lengthOf(field) + 100))]),
  );

/** What is wrong, in the visitor's words. */
function problemsOf({ fields }: FormDefinition, complaints: readonly Complaint[], words: FormWords): FormProblem[] {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  return complaints.map(({ field, code, limit = "" }) => ({
    field,
    message: saidOf(words.wrong[code], { label: labels.get(field) ?? words.form, limit }),
  }));
}

/** The form by itself: to be filled in, or shown again with what was typed. */
function shown(
  { site, locale }: LiveVisit,
  { definition, pageId, back }: FoundForm,
  state: {
    token: string;
    typed?: Typed;
    problems?: readonly FormProblem[];
    again?: string;
    status?: number;
  },
): LiveDocument {
  const action = formAddress({ site, locale }, definition.key);
  const main = formMain({ form: definition, locale, action, page: pageId, ...state }, back);
  return formDocument(definition.key, definition.name, main, state.status);
}

/** Where whoever has sent a form is led: a page of this website that its owner has named, if it is there, or our thanks. */
async function destination(
  visit: LiveVisit & Pick<Posted, "isThere">,
  { definition, pageId }: FoundForm,
): Promise<string> {
  const thanks = thanksAddress(visit, definition.key, pageId);
  const { redirectTo } = definition;
  if (redirectTo === undefined) return thanks;
  const { base } = visit.site;
  const address = redirectTo === base || redirectTo.startsWith(`${base}/`) ? redirectTo : base + redirectTo;
  // What was named before it was published, or is there no more, would tell whoever has sent the form that it went wrong.
  return (await visit.isThere(pathOf(address.slice(base.length)))) ? address : thanks;
}

/** An address below the site as a path without what follows it, decoded. */
function pathOf(address: string): string {
  const path = address.replace(/[?#].*$/s, "").replace(/^\//, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What a form of a page is sent to. */
export const formPage: LivePage = {
  bucket: "form_submission",

  async get(visit) {
    const found = await findForm(visit, new URL(visit.request.url).searchParams.get("page") ?? "");
    if (!found) return null;
    const token = await showingToken(visit.env, { siteId: visit.site.siteId, key: found.definition.key }, now());
    return shown(visit, found, { token });
  },

  async post(visit) {
    const { env, site, request, locale } = visit;
    const form = await readForm(request, { maxBytes: MAX_FORM_BYTES });
    if (form instanceof Response) return form;
    const found = await findForm(visit, form.text(PAGE_FIELD));
    if (!found) return null;
    const { definition } = found;
    const words = formWordsFor(locale);
    const answered = answersTo(definition.fields, sentIn(form));
    const onward = async () => leadOn(request, await destination(visit, found));
    // Whoever fills in what nobody sees is answered as anybody.
    if (form.text(TRAP_FIELD) !== "") {
      if (answered.complaints.length === 0) await keep(visit, found, { ...answered, files: [] }, null);
      return onward();
    }
    const place = { siteId: site.siteId, key: definition.key };
    const read = await readToken(env, place, form.text(TOKEN_FIELD), now());
    const isOld = "again" in read && read.again === "expired";
    const token = isOld ? await showingToken(env, place, now()) : form.text(TOKEN_FIELD);
    const typed = typedIn(definition, form);
    const wrong = (complaints: readonly Complaint[]) =>
      shown(visit, found, { token, typed, problems: problemsOf(definition, complaints, words), status: 422 });
    if (answered.complaints.length > 0) return wrong(answered.complaints);
    if ("again" in read) return shown(visit, found, { token, typed, again: words.again[read.again], status: 422 });
    const result = await keep(visit, found, answered, `page:${read.showing}`);
    if (result.kind === "wrong") return wrong(result.complaints);
    if (result.kind !== "other") return onward();
    const fresh = await showingToken(env, place, now());
    return shown(visit, found, { token: fresh, typed, again: words.again.used, status: 409 });
  },
};

/** Keeps what was sent. What came without a showing can only be spam. */
const keep = (
  visit: LiveVisit & Parameters<typeof contextOf>[0],
  { id, pageId }: FoundForm,
  answered: Answered,
  sentKey: string | null,
) =>
  submitForm(contextOf(visit), {
    ...{ siteId: visit.site.siteId, formId: id, answered, sentKey },
    ...{ isSpam: sentKey === null, pageId, locale: visit.locale },
  });

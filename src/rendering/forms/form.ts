import { html, raw } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { controlOf, type FormProblem, idOf, type Typed } from "./controls.ts";
import { type FormDefinition, hasFiles } from "./definition.ts";
import { formWordsFor } from "./words.ts";

/** Names of controls of ours: no field of an owner begins so. */
export const TOKEN_FIELD = "_token";
export const PAGE_FIELD = "_page";
/** Filled in by programs that fill in everything; people do not see it. */
export const TRAP_FIELD = "_website";

/** A form as it is shown. */
export interface ShownForm {
  form: FormDefinition;
  locale: string;
  /** Where it is sent; `null` in a preview, where nothing is sent. */
  action: string | null;
  /** The id of the page it stands on. */
  page: string;
  /** Says when it was shown. */
  token: string;
  typed?: Typed;
  problems?: readonly FormProblem[];
  /** Why it is shown again, where none of the fields is wrong. */
  again?: string | null;
  /** Its place among the same form of a page: ids of elements are told apart by it. */
  nth?: number;
}

/** All that is wrong with a form, each leading to its field. It is what is read first. */
function summary(heading: string, problems: readonly FormProblem[], prefix: string): Html {
  const entries = problems.map(({ field, message }) =>
    field ? html`<li><a href="#${idOf(prefix, field)}">${message}</a></li>` : html`<li>${message}</li>`,
  );
  return html`<div class="problems" role="alert" tabindex="-1" autofocus><p><strong>${heading}</strong></p><ul>${entries}</ul></div>`;
}

/** A form of a page, to be filled in by a visitor. */
export function formOf({
  form,
  locale,
  action,
  page,
  token,
  typed = {},
  problems = [],
  again = null,
  nth = 1,
}: ShownForm): Html {
  const words = formWordsFor(locale);
  // No key has this character.
  const prefix = nth === 1 ? `form-${form.key}` : `form-${form.key}_${nth}`;
  const inForm = { prefix, typed, problems, optional: words.optional };
  const notice =
    problems.length > 0
      ? summary(words.problems, problems, prefix)
      : again
        ? html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${again}</p></div>`
        : nothing;
  const files = hasFiles(form);
  const chooseAgain = files && (problems.length > 0 || again) ? html`<p class="help">${words.files}</p>` : nothing;
  const own = html`<input type="hidden" name="${TOKEN_FIELD}" value="${token}"><input type="hidden" name="${PAGE_FIELD}" value="${page}">
<p class="trap" aria-hidden="true"><label>${words.trap} <input name="${TRAP_FIELD}" type="text" tabindex="-1" autocomplete="off"></label></p>`;
  const controls = form.fields.map((field) => controlOf(inForm, field));
  const label = form.submitLabel ?? words.send;
  if (action === null) {
    return html`<form class="form-fields" id="${prefix}">${controls}<p class="empty">${words.preview}</p></form>`;
  }
  return html`<form class="form-fields" id="${prefix}" method="post" action="${action}"${files ? raw(' enctype="multipart/form-data"') : nothing}>${notice}${controls}${chooseAgain}${own}
<p class="action"><button class="button" type="submit">${label}</button></p></form>`;
}

/** The page of a form that is shown again, or by itself. */
export const formMain = (shown: ShownForm, back: string): Html =>
  html`<section class="block form"><h1>${shown.form.name}</h1>${formOf(shown)}<p><a href="${back}">${formWordsFor(shown.locale).back}</a></p></section>`;

/** What is said when a form has arrived. */
export const thanksMain = (form: FormDefinition, locale: string, back: string): Html => {
  const words = formWordsFor(locale);
  return html`<section class="block form"><h1>${form.name}</h1><p class="lead" role="status">${lined(form.successMessage ?? words.sent)}</p><p><a href="${back}">${words.back}</a></p></section>`;
};

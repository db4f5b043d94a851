import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";

/** What is wrong with a field of a form, in words for whoever fills it in. */
export interface Problem {
  /** The field's name; `""` for what is of no single field. */
  field: string;
  message: string;
}

/** A field of a form: what it is called, what was typed, what is wrong with it. */
export interface Field {
  name: string;
  label: string;
  value: string;
  problems: readonly Problem[];
  isRequired?: boolean;
  /** Said behind the label of what may stay empty. */
  optional: string;
  /** Tokens of HTML's autofill: `email`, `shipping postal-code`. */
  autocomplete?: string;
  maxLength?: number;
}

const idOf = (name: string): string => `field-${name}`;
const problemId = (name: string): string => `problem-${name}`;

const problemOf = ({ name, problems }: Pick<Field, "name" | "problems">): Problem | undefined =>
  problems.find(({ field }) => field === name);

/** What a control is described by, and whether it is wrong. */
function stateOf(field: Pick<Field, "name" | "problems" | "isRequired">): Html {
  const problem = problemOf(field);
  const wrong = problem ? raw(` aria-invalid="true" aria-describedby="${problemId(field.name)}"`) : nothing;
  return html`${field.isRequired ? raw(" required") : nothing}${wrong}`;
}

/** A control with its label, and what is wrong with it beside it. */
function labelled(field: Field, control: Html): Html {
  const { name, label, isRequired, optional } = field;
  const hint = isRequired ? nothing : html` <small>(${optional})</small>`;
  return html`<div class="field"><label for="${idOf(name)}">${label}${hint}</label>${control}${problemText(field)}</div>`;
}

/** What is wrong with a field, which its control is described by. */
export function problemText(field: Pick<Field, "name" | "problems">): Html {
  const problem = problemOf(field);
  return problem ? html`<p class="problem" id="${problemId(field.name)}">${problem.message}</p>` : nothing;
}

/** A field of one line. */
export function textField(field: Field, type: "text" | "email" | "tel" = "text"): Html {
  const { name, value, autocomplete, maxLength } = field;
  const more = html`${autocomplete ? html` autocomplete="${autocomplete}"` : nothing}${maxLength ? html` maxlength="${maxLength}"` : nothing}`;
  return labelled(
    field,
    html`<input id="${idOf(name)}" name="${name}" type="${type}" value="${value}"${more}${stateOf(field)}>`,
  );
}

/** A field of several lines. */
export function textArea(field: Field): Html {
  const { name, value } = field;
  return labelled(
    field,
    // The parser drops a line break that begins the content.
    html`<textarea id="${idOf(name)}" name="${name}" rows="3"${stateOf(field)}>${raw("\n")}${value}</textarea>`,
  );
}

/** A choice of one of many. */
export function selectField(field: Field, options: readonly { value: string; label: string }[]): Html {
  const { name, value, autocomplete } = field;
  const shown = options.map(
    (it) => html`<option value="${it.value}"${it.value === value ? raw(" selected") : nothing}>${it.label}</option>`,
  );
  const fill = autocomplete ? html` autocomplete="${autocomplete}"` : nothing;
  const none = options.some((it) => it.value === value) ? nothing : html`<option value="" selected></option>`;
  return labelled(
    field,
    html`<select id="${idOf(name)}" name="${name}"${fill}${stateOf(field)}>${none}${shown}</select>`,
  );
}

/** A choice of one of a few, each shown. */
export function radioField(
  { name, label, value, problems }: Pick<Field, "name" | "label" | "value" | "problems">,
  options: readonly { value: string; label: Html | string }[],
): Html {
  const wrong = problemOf({ name, problems }) ? raw(` aria-describedby="${problemId(name)}"`) : nothing;
  const shown = options.map(
    (it, index) =>
      html`<label class="way"><input type="radio" name="${name}" value="${it.value}"${index === 0 ? html` id="${idOf(name)}"` : nothing}${it.value === value ? raw(" checked") : nothing}${wrong}> ${it.label}</label>`,
  );
  return html`<fieldset><legend>${label}</legend>${shown}${problemText({ name, problems })}</fieldset>`;
}

/** A box to tick. */
export function checkField(field: Pick<Field, "name" | "value" | "problems"> & { label: Html }): Html {
  const { name, value, label } = field;
  const checked = value ? raw(" checked") : nothing;
  return html`<div class="field"><label class="way"><input id="${idOf(name)}" name="${name}" type="checkbox" value="yes"${checked}${stateOf({ ...field, isRequired: true })}> <span>${label}</span></label>${problemText(field)}</div>`;
}

/** A problem away from its field, which it names: “Your name: please fill this in.” A label brings its own colon. */
const named = (label: string | undefined, message: string): string =>
  label === undefined ? message : `${label} ${message.charAt(0).toLowerCase()}${message.slice(1)}`;

/** All that is wrong with a form, each leading to its field, which `labels` names. It is what is read first. */
export function problemSummary(
  heading: string,
  problems: readonly Problem[],
  labels: Readonly<Record<string, string>> = {},
): Html {
  if (problems.length === 0) return nothing;
  const entries = problems.map(({ field, message }) =>
    field ? html`<li><a href="#${idOf(field)}">${named(labels[field], message)}</a></li>` : html`<li>${message}</li>`,
  );
  return html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>${heading}</h2><ul>${entries}</ul></div>`;
}

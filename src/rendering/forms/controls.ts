import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { type FormField, lengthOf } from "./definition.ts";

/** Something that is wrong with a form, in words for whoever fills it in. */
export interface FormProblem {
  /** The field's name; `""` for what is of no single field. */
  field: string;
  message: string;
}

/** What was typed into a form, by field: what is chosen among several is a list. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** What a control needs to know of the form it stands in. */
export interface InForm {
  /** Begins the ids of its elements: a page may have several forms. */
  prefix: string;
  typed: Typed;
  problems: readonly FormProblem[];
  optional: string;
}

export const idOf = (prefix: string, name: string): string => `${prefix}-${name}`;

const valueIn = ({ typed }: InForm, { name }: FormField): string => typed[name]?.[0] ?? "";

const problemIn = ({ problems }: InForm, { name }: FormField): FormProblem | undefined =>
  problems.find(({ field }) => field === name);

/** What a control is described by, and whether it is wrong. */
function stateOf(form: InForm, field: FormField, isNative = true): Html {
  const id = idOf(form.prefix, field.name);
  const problem = problemIn(form, field);
  const by = [...(field.help ? [`${id}-help`] : []), ...(problem ? [`${id}-problem`] : [])];
  const described = by.length > 0 ? raw(` aria-describedby="${by.join(" ")}"`) : nothing;
  const invalid = problem ? raw(' aria-invalid="true"') : nothing;
  return html`${field.required && isNative ? raw(" required") : nothing}${invalid}${described}`;
}

/** The help and the problem of a field, which its control is described by. */
function notesOf(form: InForm, field: FormField): Html {
  const id = idOf(form.prefix, field.name);
  const problem = problemIn(form, field);
  return html`${field.help ? html`<p class="help" id="${id}-help">${field.help}</p>` : nothing}${problem ? html`<p class="problem" id="${id}-problem">${problem.message}</p>` : nothing}`;
}

const hintOf = ({ optional }: InForm, { required }: FormField): Html =>
  required ? nothing : html` <small>(${optional})</small>`;

/** A control with its label. */
const labelled = (form: InForm, field: FormField, control: Html): Html =>
  html`<div class="field"><label for="${idOf(form.prefix, field.name)}">${field.label}${hintOf(form, field)}</label>${notesOf(form, field)}${control}</div>`;

const attribute = (name: string, value: string | number | undefined): Html =>
  value === undefined ? nothing : html` ${raw(name)}="${value}"`;

/** What browsers can fill in by themselves, by the kind of field and the names that fields usually have. */
const AUTOFILL: Record<string, string> = { name: "name", email: "email", phone: "tel", tel: "tel" };
const autofill = ({ type, name }: FormField): string | undefined =>
  type === "email" ? "email" : type === "tel" ? "tel" : AUTOFILL[name.toLowerCase()];

function line(form: InForm, field: FormField): Html {
  const { name, type, min, max } = field;
  const isText = type === "text" || type === "email" || type === "tel";
  const limits = html`${attribute("min", isText ? undefined : min)}${attribute("max", isText ? undefined : max)}${attribute("maxlength", isText ? lengthOf(field) : undefined)}`;
  const step = type === "number" ? raw(' step="any"') : nothing;
  return html`<input id="${idOf(form.prefix, name)}" name="${name}" type="${type}" value="${valueIn(form, field)}"${attribute("autocomplete", autofill(field))}${limits}${step}${stateOf(form, field)}>`;
}

const area = (form: InForm, field: FormField): Html =>
  // The parser drops a line break that begins the content.
  html`<textarea id="${idOf(form.prefix, field.name)}" name="${field.name}" rows="5" maxlength="${lengthOf(field)}"${stateOf(form, field)}>${raw("\n")}${valueIn(form, field)}</textarea>`;

function select(form: InForm, field: FormField): Html {
  const chosen = valueIn(form, field);
  const options = (field.options ?? []).map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen ? raw(" selected") : nothing}>${label}</option>`,
  );
  return html`<select id="${idOf(form.prefix, field.name)}" name="${field.name}"${stateOf(form, field)}><option value=""></option>${options}</select>`;
}

/** A choice among what is shown: one of them, or several. */
function choice(form: InForm, field: FormField, type: "radio" | "checkbox"): Html {
  const id = idOf(form.prefix, field.name);
  const chosen = form.typed[field.name] ?? [];
  const shown = (field.options ?? []).map(
    ({ value, label }, index) =>
      html`<label class="way"><input type="${type}"${index === 0 ? html` id="${id}"` : nothing} name="${field.name}" value="${value}"${chosen.includes(value) ? raw(" checked") : nothing}${stateOf(form, field, type === "radio")}> <span>${label}</span></label>`,
  );
  return html`<fieldset class="field"><legend>${field.label}${hintOf(form, field)}</legend>${notesOf(form, field)}${shown}</fieldset>`;
}

function check(form: InForm, field: FormField): Html {
  const checked = valueIn(form, field) ? raw(" checked") : nothing;
  return html`<div class="field">${notesOf(form, field)}<label class="way"><input id="${idOf(form.prefix, field.name)}" name="${field.name}" type="checkbox" value="yes"${checked}${stateOf(form, field)}> <span>${field.label}${hintOf(form, field)}</span></label></div>`;
}

function file(form: InForm, field: FormField): Html {
  const accept = field.accept?.map((it) => `.${it}`).join(",");
  return html`<input id="${idOf(form.prefix, field.name)}" name="${field.name}" type="file"${attribute("accept", accept)}${stateOf(form, field)}>`;
}

/** The control of a field, with its label, its help and what is wrong with it. */
export function controlOf(form: InForm, field: FormField): Html {
  switch (field.type) {
    case "textarea":
      return labelled(form, field, area(form, field));
    case "select":
      return labelled(form, field, select(form, field));
    case "radio":
      return choice(form, field, "radio");
    case "checkboxes":
      return choice(form, field, "checkbox");
    case "checkbox":
    case "consent":
      return check(form, field);
    case "file":
      return labelled(form, field, file(form, field));
    // What is hidden is known here: nothing that a browser sends for it counts.
    case "hidden":
      return nothing;
    default:
      return labelled(form, field, line(form, field));
  }
}

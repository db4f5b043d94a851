import { invalidFields } from "../../../core/errors.ts";
import type { FormField } from "../../../rendering/forms/definition.ts";
import { type Answered, answersTo, type Complaint } from "./answers.ts";

/** What an answer of a kind of field is in JSON, and how it is said. */
const EXPECTED: Record<string, { is(value: unknown): boolean; message: string }> = {
  number: { is: (it) => typeof it === "number" && Number.isFinite(it), message: "must be a number" },
  checkbox: { is: (it) => typeof it === "boolean", message: "must be true or false" },
  consent: { is: (it) => typeof it === "boolean", message: "must be true or false" },
  checkboxes: {
    is: (it) => Array.isArray(it) && it.every((entry) => typeof entry === "string"),
    message: "must be a list of texts",
  },
};
const TEXT = { is: (it: unknown) => typeof it === "string", message: "must be a text" };

/** The words of the API for what is wrong. */
function messageOf({ code, limit }: Complaint): string {
  switch (code) {
    case "required":
      return "is required";
    case "file":
      return "is required, and files are sent by the form of the page";
    case "email":
      return "must be an email address";
    case "tel":
      return "must be a phone number";
    case "date":
      return "must be a date such as 2026-05-26";
    case "number":
      return "must be a number of at most 15 digits before its point and 10 behind it";
    case "min":
      return `must be at least ${limit}`;
    case "max":
      return `must be at most ${limit}`;
    case "option":
      return "must be one of the answers of the field";
    case "length":
      return `must have at most ${limit} characters`;
    default:
      return "must not have control characters";
  }
}

const asTexts = (value: unknown): string[] => {
  if (value === undefined || value === null || value === false) return [];
  return Array.isArray(value) ? value.map(String) : [value === true ? "yes" : String(value)];
};

/** Checks what a program has sent as JSON. Throws a validation error that names every field that is wrong, or is none. */
export function answersInJson(fields: readonly FormField[], sent: Record<string, unknown>): Answered {
  const wrong: Record<string, string[]> = {};
  const byName = new Map(fields.map((it) => [it.name, it]));
  for (const [name, value] of Object.entries(sent)) {
    const field = byName.get(name);
    if (!field) wrong[`data.${name.slice(0, 100)}`] = ["is not a field of this form"];
    else if (field.type === "file") wrong[`data.${name}`] = ["is a file: those are sent by the form of the page"];
    else if (field.type === "hidden" && value !== field.value) wrong[`data.${name}`] = ["is fixed by the form"];
    else if (value !== null && !(EXPECTED[field.type] ?? TEXT).is(value)) {
      wrong[`data.${name}`] = [(EXPECTED[field.type] ?? TEXT).message];
    }
  }
  const answered = answersTo(fields, {
    texts: (name) => (Object.hasOwn(sent, name) && !(`data.${name}` in wrong) ? asTexts(sent[name]) : []),
    files: () => [],
  });
  for (const complaint of answered.complaints) {
    const name = complaint.field === "" ? "data" : `data.${complaint.field}`;
    wrong[name] ??= [complaint.field === "" ? `must take at most ${complaint.limit} bytes` : messageOf(complaint)];
  }
  if (Object.keys(wrong).length > 0) throw invalidFields(wrong);
  return answered;
}

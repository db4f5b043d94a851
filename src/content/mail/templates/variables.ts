import { subjectLine } from "../../../mail/mail.ts";
import { invalidFields } from "../../../core/errors.ts";

/** What is filled in: `{{name}}`, also with spaces inside. */
const VARIABLE = /\{\{\s*([A-Za-z][A-Za-z0-9_]{0,49})\s*\}\}/g;

/** Braces that stand for nothing: a name that is none, a pair that is not closed. */
const STRAY = /\{\{|\}\}/;

/** The texts of a message. */
export interface Texts {
  subject: string;
  text: string;
  html: string | null;
}

/** Values by the names of variables. */
export type Values = Readonly<Record<string, string>>;

const FIELDS = ["subject", "text", "html"] as const;

/** The names that stand in texts, each once. */
export const variablesIn = (texts: Texts): string[] => [
  ...new Set(
    FIELDS.flatMap((field) => Array.from((texts[field] ?? "").matchAll(VARIABLE), ([, name]) => name as string)),
  ),
];

/** Refuses texts with braces that no variable is between: what is meant by them nobody would be told. */
export function requireWellFormed(texts: Texts): void {
  const wrong = FIELDS.filter((field) => STRAY.test((texts[field] ?? "").replace(VARIABLE, "")));
  if (wrong.length === 0) return;
  const message = "has {{ or }} that is no variable such as {{name}}: letters, digits and _, a letter first";
  throw invalidFields(Object.fromEntries(wrong.map((field) => [field, [message]])));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (it) => ENTITIES[it] as string);

const fill = (text: string, values: Values, write: (value: string) => string): string =>
  text.replace(VARIABLE, (_, name: string) => write(values[name] ?? ""));

/**
 * Texts with their variables filled in, once: what a value says is text and no variable, and in HTML no markup. 400 names
 * each variable that has no value, and each value that is of none.
 */
export function filledIn(texts: Texts, values: Values): Texts {
  const names = variablesIn(texts);
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (missing.length + unknown.length > 0) {
    throw invalidFields({
      ...Object.fromEntries(missing.map((name) => [`variables.${name}`, ["is missing"]])),
      ...Object.fromEntries(unknown.map((name) => [`variables.${name}`, ["is no variable of the template"]])),
    });
  }
  const asIs = (value: string): string => value;
  return {
    subject: subjectLine(fill(texts.subject, values, asIs)),
    text: fill(texts.text, values, asIs),
    html: texts.html === null ? null : fill(texts.html, values, escaped),
  };
}

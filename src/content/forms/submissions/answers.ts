import { UNTYPED } from "../../../core/patterns.ts";
import { EmailSchema } from "../../../core/fields.ts";
import {
  bytesOf,
  type FormField,
  lengthOf,
  MAX_FILES_BYTES,
  MAX_TEXT_BYTES,
} from "../../../rendering/forms/definition.ts";
import type { Wrong } from "../../../rendering/forms/words.ts";
import { ENDINGS, isTaken, typeOfExtension } from "../../media/types.ts";
import type { Answer } from "./table.ts";

/** What was sent for a field: texts as they were typed, and files that were chosen. */
export interface Sent {
  texts(name: string): readonly string[];
  files(name: string): readonly File[];
}

/** What is wrong with an answer; `limit` is what would be right. */
export interface Complaint {
  /** The name of the field; `""` for what is of no single field. */
  field: string;
  code: Wrong;
  limit?: string;
}

/** A file of a field. */
export interface ChosenFile {
  field: FormField;
  file: File;
}

/** What was answered, whole and as it is stored, or what is wrong with it. */
export interface Answered {
  data: Record<string, Answer>;
  files: ChosenFile[];
  complaints: Complaint[];
}

const HAS_UNTYPED = new RegExp(`[${UNTYPED}]`);
const NUMBER = /^-?\d{1,15}(?:\.\d{1,10})?$/;
const PHONE = /^[+\d ()./-]{3,40}$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (!year) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day) && at.getUTCMonth() + 1 === Number(month);
}

/** Bytes as people read them. */
const sizeText = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.floor(bytes / 100_000) / 10} MB` : `${Math.floor(bytes / 1_000)} kB`;

/** A text as it is stored: forms send line breaks as CRLF (HTML standard §4.10.21.7). */
const tidy = (text: string): string => text.replace(/\r\n?/g, "\n").toWellFormed().trim();

/** What of one text is wrong, or `null`. */
function textWrong(field: FormField, text: string): Omit<Complaint, "field"> | null {
  const { type, options = [], min, max } = field;
  if (HAS_UNTYPED.test(text) || (type !== "textarea" && text.includes("\n"))) return { code: "text" };
  switch (type) {
    case "email":
      return EmailSchema.safeParse(text).success ? null : { code: "email" };
    case "tel":
      return PHONE.test(text) && /\d{3}/.test(text.replace(/\D/g, "")) ? null : { code: "tel" };
    case "number":
      if (!NUMBER.test(text)) return { code: "number" };
      if (typeof min === "number" && Number(text) < min) return { code: "min", limit: String(min) };
      if (typeof max === "number" && Number(text) > max) return { code: "max", limit: String(max) };
      return null;
    case "date":
      if (!isDay(text)) return { code: "date" };
      if (typeof min === "string" && text < min) return { code: "min", limit: min };
      if (typeof max === "string" && text > max) return { code: "max", limit: max };
      return null;
    case "select":
    case "radio":
    case "checkboxes":
      return options.some(({ value }) => value === text) ? null : { code: "option" };
    default:
      return [...text].length > lengthOf(field) ? { code: "length", limit: String(lengthOf(field)) } : null;
  }
}

/** Endings of the files that a field takes. */
const endingsOf = ({ accept }: FormField): string => accept?.join(", ") ?? ENDINGS;

/** Whether a field takes files of a type, by its endings. */
export function takesType({ accept }: FormField, contentType: string): boolean {
  if (!isTaken(contentType)) return false;
  return accept === undefined || accept.some((ending) => typeOfExtension(ending) === contentType);
}

/** The complaint about a file that turns out to be of another kind. */
export const wrongType = (field: FormField): Complaint => ({
  field: field.name,
  code: "type",
  limit: endingsOf(field),
});

function fileWrong(field: FormField, file: File): Omit<Complaint, "field"> | null {
  if (file.size > bytesOf(field)) return { code: "size", limit: sizeText(bytesOf(field)) };
  return file.size === 0 ? { code: "file" } : null;
}

/** Checks what was sent against the fields of a form. Fields that the form has not are not looked at. */
export function answersTo(fields: readonly FormField[], sent: Sent): Answered {
  const data: [string, Answer][] = [];
  const files: ChosenFile[] = [];
  const complaints: Complaint[] = [];
  for (const field of fields) {
    const { name, type, required } = field;
    if (type === "hidden") {
      data.push([name, field.value ?? ""]);
      continue;
    }
    if (type === "file") {
      const [file] = sent.files(name).filter((it) => it.size > 0 || it.name !== "");
      if (!file && required) complaints.push({ field: name, code: "file" });
      if (!file) continue;
      const wrong = fileWrong(field, file);
      if (wrong) complaints.push({ field: name, ...wrong });
      else files.push({ field, file });
      continue;
    }
    const texts = sent
      .texts(name)
      .map(tidy)
      .filter((it) => it !== "");
    if (type === "checkbox" || type === "consent") {
      if (texts.length === 0 && required) complaints.push({ field: name, code: "required" });
      data.push([name, texts.length > 0]);
      continue;
    }
    const answers = type === "checkboxes" ? [...new Set(texts)] : texts.slice(0, 1);
    if (answers.length === 0 && required) complaints.push({ field: name, code: "required" });
    const wrong = answers.map((it) => textWrong(field, it)).find((it) => it !== null);
    if (wrong) complaints.push({ field: name, ...wrong });
    else if (type === "checkboxes") data.push([name, answers]);
    else if (answers[0] !== undefined) data.push([name, type === "number" ? Number(answers[0]) : answers[0]]);
  }
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total > MAX_FILES_BYTES) complaints.push({ field: "", code: "total", limit: sizeText(MAX_FILES_BYTES) });
  const answers = Object.fromEntries(data);
  if (new TextEncoder().encode(JSON.stringify(answers)).length > MAX_TEXT_BYTES) {
    complaints.push({ field: "", code: "length", limit: String(MAX_TEXT_BYTES) });
  }
  return { data: answers, files, complaints };
}

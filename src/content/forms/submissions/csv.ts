import { csvFormatRows } from "d3-dsv";
import type { FormField } from "../../../rendering/forms/definition.ts";
import type { Answer, SubmissionRow } from "./table.ts";

/** A text that no spreadsheet takes for a formula (OWASP, CSV injection). */
const harmless = (text: string): string => (/^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

const moment = (at: number): string => new Date(at).toISOString();

function answerText(answer: Answer | undefined): string {
  if (answer === undefined) return "";
  // A number begins with a minus and is none the less one.
  if (typeof answer === "number") return String(answer);
  return harmless(Array.isArray(answer) ? answer.join("; ") : String(answer));
}

const lines = (rows: string[][]): string => (rows.length === 0 ? "" : `${csvFormatRows(rows)}\n`);

/** The columns of a form's submissions: what every one has, and one for each of its fields as they are now. */
export interface Columns {
  fields: readonly FormField[];
  /** Whether the reader may see what was answered, and which files came. */
  isVisible(attribute: string): boolean;
}

/** The names of the columns, as the first line (RFC 4180). */
export const csvHead = ({ fields }: Columns): string =>
  lines([["id", "createdAt", "status", "locale", "note", ...fields.map(({ name }) => name)]]);

/** Submissions as lines below them. What the reader may not see is empty. */
export const csvLines = (rows: readonly SubmissionRow[], { fields, isVisible }: Columns): string =>
  lines(
    rows.map(({ id, createdAt, status, locale, note, data, files }) => [
      ...[id, moment(createdAt), status, locale ?? "", harmless(note ?? "")],
      ...fields.map(({ name, type }) => {
        if (!isVisible(type === "file" ? "files" : "data")) return "";
        if (type !== "file") return answerText(data[name]);
        return harmless(files.flatMap((it) => (it.field === name ? [it.filename] : [])).join("; "));
      }),
    ]),
  );

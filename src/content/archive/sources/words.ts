import { SlugSchema } from "../../../core/fields.ts";
import { readableText } from "../../../rendering/text/readable.ts";

/** A name as it may stand in a line: without markup, control characters and what turns the direction of text. */
export function lineOf(text: string, max: number): string {
  // Tags make `readableText` read entities too, which titles elsewhere are written with.
  const read = readableText(`<i></i>${text}`);
  const plain = read.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/\p{Bidi_Control}/gu, "");
  return [...plain.replace(/\s+/g, " ").trim()].slice(0, max).join("").trim();
}

/** A short text without markup, cut at a word. */
export function summaryOf(text: string, max: number): string | null {
  const line = lineOf(text, max * 2);
  if (line === "") return null;
  if ([...line].length <= max) return line;
  const cut = [...line].slice(0, max - 1).join("");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** A slug that can stay as it is; `undefined` for one that is made of the title instead. */
export function slugOrNone(text: string): string | undefined {
  const slug = text.trim().toLowerCase();
  return SlugSchema.safeParse(slug).success ? slug : undefined;
}

/** Names of tags: each once, thirty at most. */
export const tagsOf = (names: readonly string[]): string[] =>
  [...new Set(names.map((name) => lineOf(name, 50)).filter((name) => name !== ""))].slice(0, 30);

const BLOCK = /<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|section|article|hr)\b/i;

/** Text in which empty lines part paragraphs, as HTML that says so. */
export function withParagraphs(html: string): string {
  const parts = html.replace(/\r\n?/g, "\n").split(/\n\s*\n/);
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => (BLOCK.test(part) ? part : `<p>${part.replaceAll("\n", "<br>")}</p>`))
    .join("\n");
}

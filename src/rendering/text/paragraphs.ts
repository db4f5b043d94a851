/** A text as it may stand in HTML, within an element or an attribute. */
export const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\u00a0", "&nbsp;");

/** Plain text as HTML: an empty line parts paragraphs, a single line break stays one. */
export const paragraphs = (text: string): string => paragraphsOf(escaped(text));

/** The same of text that is escaped already. */
export const paragraphsOf = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br>")}</p>`)
    .join("");

/** Attributes as they stand in a tag; what has no value stands in none. */
export const attributesOf = (values: Record<string, string | number | null | undefined>): string =>
  Object.entries(values)
    .map(([name, value]) => (value == null ? "" : ` ${name}="${escaped(String(value))}"`))
    .join("");

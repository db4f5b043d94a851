/**
 * A text as a model is shown it: what must stay byte for byte (tags, addresses, code, placeholders of templates) is a
 * mark such as `[[1]]`, and comes back in its place.
 */
export interface Guarded {
  /** What the model is shown. */
  text: string;
  /** What each mark stands for: `[[1]]` for the first. */
  kept: readonly string[];
}

/*
 * Every pattern has an end: a long word, or a text of nothing but beginnings, would otherwise be read once more from each
 * of its characters. Names of schemes are short, and so is what stands before an @ (RFC 5321, 4.5.3.1.1).
 */

/** Kept in every text: addresses, mail addresses, code in backticks, placeholders, and what looks like a mark. */
const KEPT = [
  /\[\[\d+\]\]/,
  /`[^`\n]+`/,
  /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{[A-Za-z_][\w.]*\}|%(?:\d+\$)?[sdif@]|%\([^()\s]+\)[sd]/,
  /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s<>"']+/,
  /(?:mailto|tel):[^\s<>"']+/,
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}/,
];

/**
 * Kept in rich text besides: whole elements of code, comments, tags, and characters written as entities. What is never
 * closed goes on to the end, as browsers read it.
 */
const KEPT_IN_MARKUP = [
  /<(code|pre|kbd|samp|script|style|svg|math|textarea|template)\b[^<>]*>(?:[\s\S]*?<\/\1\s*>|[\s\S]*$)/,
  /<!--[\s\S]*?(?:-->|$)/,
  /<!?\/?[a-z](?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^<>"'])*(?:>|$)/,
  /&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/,
];

const joined = (patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => `(?:${source})`).join("|"), "gi");
// The groups of an alternative count from its place: the one for code has to stand first.
const IN_TEXT = joined(KEPT);
const IN_MARKUP = joined([...KEPT_IN_MARKUP, ...KEPT]);

/** Guards what must stay of a text. Neighbouring parts become one mark. */
export function guard(text: string, isMarkup: boolean): Guarded {
  const kept: string[] = [];
  let end = -1;
  const shown = text.replace(isMarkup ? IN_MARKUP : IN_TEXT, (part, ...rest) => {
    const offset = rest.find((it) => typeof it === "number") as number;
    const isNext = offset === end;
    end = offset + part.length;
    if (isNext) {
      kept[kept.length - 1] += part;
      return "";
    }
    kept.push(part);
    return `[[${kept.length}]]`;
  });
  return { text: shown, kept };
}

const MARK = /\[\[(\d+)\]\]/g;

/**
 * The text with what a model made of it; what is wrong with that, in words for the model, when it cannot be taken. Marks
 * have to come back, each once and in their order; what is new can be no markup and no address.
 */
export function unguard(
  { text, kept }: Guarded,
  answer: unknown,
  { isMarkup }: { isMarkup: boolean },
): { text: string } | { problem: string } {
  if (typeof answer !== "string") return { problem: "is not a text" };
  if (answer.trim() === "") return { problem: "is empty" };
  const marks = [...answer.matchAll(MARK)].map(([, number]) => Number(number));
  const isComplete = marks.length === kept.length && marks.every((mark, index) => mark === index + 1);
  if (!isComplete) {
    const wanted = kept.map((_, index) => `[[${index + 1}]]`).join(" ");
    return { problem: wanted ? `must have the marks ${wanted}, each once and in this order` : "must have no marks" };
  }
  if (answer.length > 400 + 8 * text.length) return { problem: "is far too long" };
  if (/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(answer.replace(/[\n\r\t]/g, "")))
    return { problem: "has control characters" };
  if (/[\n\r]/.test(answer.trim()) && !/[\n\r]/.test(text.trim())) return { problem: "must be one line" };
  const words = answer.replace(MARK, "");
  if (/<[a-z!/]/i.test(words) && !/<[a-z!/]/i.test(text)) return { problem: "must have no markup" };
  if (/^\s*(?:[a-z][a-z0-9+.-]*:\S|\/\/)/i.test(words) && !/^\s*(?:[a-z][a-z0-9+.-]*:\S|\/\/)/i.test(text))
    return { problem: "must not be an address" };
  // What was not changed is what it was, however it was written.
  const plain = answer === text ? answer : isMarkup ? escaped(answer) : answer;
  const [before = "", after = ""] = [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]];
  const restored = plain.trim().replace(MARK, (_, number) => kept[Number(number) - 1] as string);
  return { text: before + restored + (text.trim() === "" ? "" : after) };
}

/** What a model writes into rich text is text: no tag, and no entity. */
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * How texts are compared when somebody searches or sorts: the same on write and on look-up. Letters that are one to Unicode
 * in their compatible form (NFKC) are one here, upper and lower case are, and accents do not count. The rule callers are told
 * is in docs/contract.md §3.
 */

/** Only a sign over a letter: points of Hebrew, Arabic vowels, accents of Latin, Greek and Cyrillic. Not vowels of other scripts. */
const SIGN = String.raw`(?![\u3099\u309a])(?=\p{M})[\p{sc=Zinh}\p{sc=Arab}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Hebr}\p{sc=Latn}\p{sc=Syrc}]`;
/** Й is a letter of its own to everybody who writes it. */
const SHORT_I = String.raw`(?<=[Ии])\u0306`;
/** Nothing to be seen: soft hyphens, joiners, marks of direction; the line that only lengthens an Arabic word. */
const UNSEEN = String.raw`[\p{Default_Ignorable_Code_Point}\u0640]`;
const UNCOUNTED = new RegExp(`(?!${SHORT_I})${SIGN}|${UNSEEN}`, "gu");

/** Letters that Unicode does not take apart, though their readers do; and quotes and hyphens of typographers. */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ŧ: "t", ς: "σ" },
  ...{ "‘": "'", "’": "'", ʼ: "'", "“": '"', "”": '"', "„": '"', "‐": "-", "–": "-", "—": "-" },
};
const WITH_ALIKE = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");

/** A text as it is compared. Folding it again changes nothing. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(UNCOUNTED, "")
    .toUpperCase()
    .toLowerCase()
    .replace(WITH_ALIKE, (letter) => ALIKE[letter] as string)
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .trim();

/** Scripts whose words are written without spaces, or run together with what follows them. */
const UNSPACED = ["Han", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr", "Java", "Bali", "Lana", "Tale"]
  .map((script) => `\\p{scx=${script}}`)
  .join("");
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const PART = new RegExp(`[${UNSPACED}]|[^${UNSPACED}]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
/** Stands between two runs of unspaced characters, so that no word is found across them. Nobody's word holds it. */
const BREAK = "\ue000";

/** The words of a text, each as the parts it is indexed by: characters where there are no spaces, else the word itself. */
const wordsOf = (text: string): string[][] => (fold(text).match(WORD) ?? []).map((word) => word.match(PART) ?? []);

/** A text as it stands in a full-text index: its parts with a space between any two. */
export function indexed(text: string): string {
  const parts: string[] = [];
  for (const word of wordsOf(text)) {
    if (IS_UNSPACED.test(parts.at(-1) ?? "") && IS_UNSPACED.test(word[0] as string)) parts.push(BREAK);
    parts.push(...word);
  }
  return parts.join(" ");
}

/** The words of a search, each as `indexed` writes it: what stands one after the other in the index. */
export const phrasesOf = (search: string): string[] => wordsOf(search).map((parts) => parts.join(" "));

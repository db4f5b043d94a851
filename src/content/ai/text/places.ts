/** Where a text stands in a JSON value: names of properties and places in lists. */
export type Path = readonly (string | number)[];

/**
 * Names of properties whose values are not for reading: addresses, ids, code, settings of how something looks. A name is
 * taken apart into its words: `buttonLink` ends in one of these, `linkText` does not.
 */
const NOT_TEXT = new Set(
  [
    "url uri href src srcset link address path slug id ids uuid key ref anchor target rel method action endpoint",
    "type kind variant layout align alignment position style styles class classname css color colour background theme",
    "size width height ratio icon code html5 script snippet embed iframe language lang locale currency sku ean gtin",
    "email phone tel fax date time datetime timezone format template token secret password image img picture photo",
    "video audio file filename media logo avatar poster",
  ].flatMap((line) => line.split(" ")),
);

/** Words of names after which a property is for reading all the same: `imageAlt`, `linkText`, `codeTitle`. */
const TEXT = new Set(
  "alt text title label name caption description heading subtitle placeholder message question answer quote".split(" "),
);

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Whether a property of this name may hold text that people read. */
export function isTextName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return !NOT_TEXT.has(words.join("")) && (TEXT.has(last) || !NOT_TEXT.has(last));
}

/** What a whole value can be that is no text, however its property is called. */
const NOT_A_TEXT: readonly RegExp[] = [
  // Addresses: of the web, of mail and telephones, paths and places on a page.
  /^[a-z][a-z0-9+.-]*:\S*$/i,
  /^[/#?.]\S*$/,
  /^\S+@\S+\.\S+$/,
  /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?$/i,
  // Ids, names of files and of constants: one word that no sentence is written with.
  /^[a-z]+_[0-9A-Za-z]{8,}$/,
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/i,
  /^[\w-]+\.[a-z0-9]{2,4}$/i,
  /^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+$/,
  /^(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+$/,
  /^[a-z]+(?:[A-Z][a-z0-9]*)+$/,
];

/** Whether a value is text that people read: it has letters and is no address, id or other name. */
export const isText = (value: string): boolean =>
  /\p{L}/u.test(value) && !NOT_A_TEXT.some((pattern) => pattern.test(value.trim()));

/** Whether a property holds rich text, whatever stands in it at the moment. */
export const isMarkup = (name: string, value: string): boolean =>
  name === "html" || name === "richText" || /<[a-z!/][^<>]*>/i.test(value);

/** Every text of a value with its place, in order. */
export function* textsIn(
  value: unknown,
  path: Path = [],
  name = "",
): Generator<{ path: Path; name: string; text: string }> {
  if (typeof value === "string") {
    if (isTextName(name) && isText(value)) yield { path, name, text: value };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index], name);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, [...path, key], key);
  }
}

/** The value with other texts at some places; all else is what it was. */
export function withTexts<Value>(value: Value, texts: ReadonlyMap<string, string>, path: Path = []): Value {
  if (typeof value === "string") return (texts.get(placeOf(path)) ?? value) as Value;
  if (Array.isArray(value)) return value.map((item, index) => withTexts(item, texts, [...path, index])) as Value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withTexts(item, texts, [...path, key])] as const);
  return Object.fromEntries(entries) as Value;
}

/** A place as one text, another for each. */
export const placeOf = (path: Path): string => JSON.stringify(path);

/** A place as callers read it: `blocks[0].props.title`. */
export const pathWords = (path: Path): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");

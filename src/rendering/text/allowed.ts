/** Elements that make paragraphs of their own: what stands around them is not one text with them. */
const BLOCKS =
  "p hr pre blockquote ul ol li dl dt dd h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr th td figure figcaption";
const INLINE = "a br wbr strong b em i u s small sub sup mark del ins abbr cite q dfn code kbd samp var time bdi bdo";

export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(BLOCKS.split(" "));
export const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set(`${BLOCKS} ${INLINE}`.split(" "));

/** What a picture says of how it is loaded goes without loss: its place decides that. */
export const OF_LOADING: ReadonlySet<string> = new Set(
  "srcset sizes loading decoding fetchpriority data-color data-at".split(" "),
);

export const VOID_ELEMENTS: ReadonlySet<string> = new Set(["br", "hr", "wbr", "col", "img"]);

/** Shown as another element: a page has one `h1`, and it is not in its text. */
export const SHOWN_AS: ReadonlyMap<string, string> = new Map([
  ["h1", "h2"],
  ["strike", "s"],
  ["tt", "code"],
  ["xmp", "pre"],
  ["listing", "pre"],
  ["plaintext", "pre"],
]);

/** Boxes without a meaning of their own: a paragraph where they hold a text, else only what they hold. */
export const BOXES: ReadonlySet<string> = new Set(
  "div section article main header footer nav aside address center details summary hgroup search fieldset legend form".split(
    " ",
  ),
);

/** Elements that go without anything being lost: only what they hold is shown in a browser, too. */
export const TRANSPARENT: ReadonlySet<string> = new Set(
  "span font big html body head acronym nobr label data picture source".split(" "),
);

/** Elements that go with all they hold: that is no text for readers. */
export const WITH_CONTENT: ReadonlySet<string> = new Set(
  "script style iframe object embed applet noscript noembed noframes template svg math textarea title select datalist video audio canvas map".split(
    " ",
  ),
);

const number =
  (min: number, max: number) =>
  (value: string): string | null => {
    const written = /^\s*([+-]?\d{1,9})/.exec(value)?.[1];
    return written === undefined ? null : String(Math.min(max, Math.max(min, Number(written))));
  };
const oneOf =
  (...values: string[]) =>
  (value: string): string | null =>
    values.find((it) => it === value) ?? values.find((it) => it === value.toLowerCase()) ?? null;
const text = (value: string): string => value.slice(0, 500);
const flag = (): string => "";
const matching =
  (pattern: RegExp) =>
  (value: string): string | null =>
    pattern.test(value) ? value : null;

type Attributes = Readonly<Record<string, (value: string) => string | null>>;

const CELL: Attributes = {
  colspan: number(1, 1_000),
  rowspan: number(0, 65_534),
  scope: oneOf("row", "col", "rowgroup", "colgroup"),
};
const pixels = (value: string): string | null =>
  /^\s*[1-9]\d{0,3}(?:\.\d+)?(?:px)?\s*$/.test(value) ? String(Number.parseInt(value, 10)) : null;
const SPAN: Attributes = { span: number(1, 1_000) };

/** Attributes beside `href`, and what of a value may stand. */
const OF_ELEMENT: Readonly<Record<string, Attributes>> = {
  a: { title: text },
  img: { alt: text, title: text, width: pixels, height: pixels },
  abbr: { title: text },
  dfn: { title: text },
  ol: { start: number(-1e9, 1e9), reversed: flag, type: oneOf("1", "a", "A", "i", "I") },
  li: { value: number(-1e9, 1e9) },
  td: CELL,
  th: CELL,
  col: SPAN,
  colgroup: SPAN,
  time: { datetime: matching(/^[\w:.+ -]{1,60}$/) },
};

const OF_ALL: Attributes = {
  // Links within the page lead to it. `content` is the page's own.
  id: matching(/^(?!content$)[^\s\p{C}]{1,100}$/u),
  lang: matching(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/),
  dir: oneOf("ltr", "rtl", "auto"),
};

/** What an attribute may be; `null` when it may not stand at all. */
export function allowedValue(element: string, name: string, value: string): string | null {
  const own = OF_ELEMENT[element] ?? {};
  const allowed = Object.hasOwn(own, name) ? own[name] : Object.hasOwn(OF_ALL, name) ? OF_ALL[name] : undefined;
  return allowed?.(value) ?? null;
}

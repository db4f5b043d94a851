import { FIELD_TYPES } from "../../src/rendering/forms/definition.ts";

/** Marks that script which ran would leave; no page may hold a way to run one. */
const RUN = "alert(document.domain)";

const TAGS = [
  "script",
  "ScRiPt",
  "svg",
  "math",
  "iframe",
  "object",
  "embed",
  "form",
  "base",
  "link",
  "meta",
  "style",
  "video",
  "audio",
  "details",
  "marquee",
  "template",
  "noscript",
  "textarea",
  "xmp",
  "body",
];
const EVENTS = [
  "onload",
  "onerror",
  "onclick",
  "onmouseover",
  "onfocus",
  "ontoggle",
  "onanimationstart",
  "onpointerenter",
  "onbegin",
  "ONLOAD",
];
const SCHEMES = [
  "javascript:",
  "JaVaScRiPt:",
  "java\tscript:",
  "java\nscript:",
  "\u0001javascript:",
  " javascript:",
  "&#106;avascript:",
  "&#x6A;avascript&colon;",
  "data:text/html,",
  "data:text/html;base64,",
  "vbscript:",
  "//evil.example/",
  "\\\\evil.example\\",
  "https://evil.example\\@",
];
const BREAKS = [
  '"',
  "'",
  "`",
  ">",
  "</",
  '"/>',
  "'/>",
  "-->",
  "]]>",
  "</title>",
  "</style>",
  "</script>",
  "<!--",
  "\u2028",
  "%3C",
  "&lt;",
  "\\u003c",
];

/** More than two hundred things people have put into fields to have them run. */
export const PAYLOADS: readonly string[] = [
  ...TAGS.flatMap((tag) => [`<${tag}>${RUN}</${tag}>`, `<${tag} src=x onerror=${RUN}>`, `<${tag}/onload=${RUN}>`]),
  ...EVENTS.flatMap((event) => [
    `" ${event}=${RUN} x="`,
    `' ${event}=${RUN} x='`,
    `<img src=x ${event}=${RUN}>`,
    `<p ${event}="${RUN}">x</p>`,
  ]),
  ...SCHEMES.flatMap((address) => [
    `${address}${RUN}`,
    `<a href="${address}${RUN}">x</a>`,
    `<img src="${address}${RUN}">`,
    `<a href='${address}${RUN}'`,
  ]),
  ...BREAKS.flatMap((end) => [`${end}<script>${RUN}</script>`, `${end}<img src=x onerror=${RUN}>`]),
  `<<script>${RUN}//<</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<svg><script>${RUN}</script></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<p style="background:url(javascript:${RUN})">x</p>`,
  `<a href="x" style="behavior:url(x)" id=y name=z>x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `\${${RUN}}`,
  `{{constructor.constructor('${RUN}')()}}`,
  "<!--><img src=x onerror=alert(1)>-->",
  "red;}</style><script>alert(1)</script>",
  "red;background:url(//evil.example)",
  "expression(alert(1))",
];

/** Properties blocks and their entries show as text. */
const TEXT_FIELDS = [
  "title",
  "heading",
  "subtitle",
  "text",
  "body",
  "content",
  "html",
  "richText",
  "ctaText",
  "buttonText",
  "label",
  "caption",
  "alt",
  "imageAlt",
  "message",
  "name",
  "description",
  "quote",
  "author",
  "company",
  "question",
  "answer",
  "value",
  "currency",
  "address",
  "role",
  "price",
  "date",
  "year",
  "width",
  "height",
  "category",
  "product",
  "service",
  "serviceId",
  "partySize",
  "slug",
  "limit",
  "phone",
  "consentText",
  "formId",
  "submitText",
  "successMessage",
];
/** Properties that lead somewhere or load something. */
const ADDRESS_FIELDS = [
  "ctaLink",
  "buttonLink",
  "href",
  "url",
  "link",
  "src",
  "image",
  "imageUrl",
  "backgroundImage",
  "redirectTo",
];
/** Properties that hold entries. `items` is read by every block that has any. */
export const LIST_FIELDS = [
  "items",
  "cards",
  "features",
  "services",
  "members",
  "plans",
  "steps",
  "events",
  "testimonials",
  "questions",
  "images",
  "statistics",
];

const each = (names: readonly string[], value: unknown): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** A field of every kind that forms have, with the payload wherever it takes one. */
const formFieldsWith = (payload: string): Record<string, unknown>[] =>
  FIELD_TYPES.map((type, index) => ({
    ...each(["label", "name", "help", "value", "min", "max", "earliest", "latest"], payload),
    ...{ type, choices: [payload], accept: [payload], required: index % 2 === 0, maxLength: 9, maxBytes: 9 },
    options: [each(["label", "value"], payload)],
  }));

/** The payload everywhere; and, where a field is shown only beside a picture or in a link, with those in place. */
const entriesWith = (payload: string): Record<string, unknown>[] => [
  { ...each([...TEXT_FIELDS, ...ADDRESS_FIELDS], payload), features: [payload], products: [payload] },
  {
    ...each(
      TEXT_FIELDS.filter((name) => name !== "html" && name !== "richText"),
      payload,
    ),
    ...each(ADDRESS_FIELDS, "/media/1.svg"),
    features: [payload],
    products: [payload],
  },
];

/** Blocks of all `types` with the payload in every field, and in every field of the entries in their `lists`. */
export const blocksWith = (types: readonly string[], payload: string, lists: readonly string[] = LIST_FIELDS) =>
  entriesWith(payload).flatMap((fields) =>
    types.map((type) => ({
      type,
      props: {
        ...fields,
        ...each(lists, entriesWith(payload)),
        monday: payload,
        topics: [payload],
        ...(type.startsWith("Form") && { fields: formFieldsWith(payload) }),
        ...(type.startsWith("Map") && { latitude: 1, longitude: 2, zoom: 3 }),
      } as Record<string, unknown>,
    })),
  );

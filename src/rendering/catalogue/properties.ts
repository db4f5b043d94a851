/** What a property holds, which decides how what is put into it is escaped and checked. */
export type Kind = "text" | "richText" | "url" | "image" | "number" | "price" | "texts" | "flag" | "list";

/** A property of a block, or of an entry of one. */
export interface Property {
  kind: Kind;
  description: string;
  /** Further names it is read by, where the first is not given. */
  also?: readonly string[];
  /** Without it nothing is shown. */
  isRequired?: boolean;
  /** What the entries of a list have. */
  of?: Properties;
}

/** The properties of a block by their names. */
export type Properties = Readonly<Record<string, Property>>;

type Options = Omit<Property, "kind" | "description" | "of">;

const ofKind =
  (kind: Kind) =>
  (description: string, options: Options = {}): Property => ({ kind, description, ...options });

/** Plain text; line breaks are kept. */
export const text = ofKind("text");
/** HTML, of which what may stand in a page is shown. */
export const richText = ofKind("richText");
/** An address a link may have. */
export const url = ofKind("url");
/** The address of a picture. */
export const image = ofKind("image");
export const number = ofKind("number");
/** A number of minor units, or a text as it is to be shown. */
export const price = ofKind("price");
/** A list of texts. */
export const texts = ofKind("texts");
/** Whether something is so. */
export const flag = ofKind("flag");
/** A list of entries, each with properties of its own. */
export const list = (description: string, of: Properties, options: Options = {}): Property => ({
  ...{ kind: "list", description, of },
  ...options,
});

/** Describes what a kind takes as JSON Schema. */
const FORMS: Readonly<Record<Exclude<Kind, "list">, object>> = {
  text: { type: "string" },
  richText: { type: "string", contentMediaType: "text/html" },
  url: { type: "string", format: "uri-reference" },
  image: { type: "string", format: "uri-reference" },
  number: { type: "number" },
  price: { type: ["number", "string"] },
  texts: { type: "array", items: { type: "string" } },
  flag: { type: "boolean" },
};

function schemaOfProperty({ kind, description, also, of }: Property): Record<string, unknown> {
  const form = kind === "list" ? { type: "array", items: schemaOf(of ?? {}) } : FORMS[kind];
  return { ...form, description, "x-kind": kind, ...(also && { "x-also": also }) };
}

/** The JSON Schema (2020-12) of an object with these properties; `others` describes what any other name holds. */
export function schemaOf(properties: Properties, others: Property | null = null): Record<string, unknown> {
  const entries = Object.entries(properties);
  const required = entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, property]) => [name, schemaOfProperty(property)])),
    ...(required.length > 0 && { required }),
    additionalProperties: others ? schemaOfProperty(others) : false,
  };
}

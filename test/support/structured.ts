/** A node of JSON-LD. */
export type Node = { "@type": string; "@id"?: string } & Record<string, unknown>;

/** What a consumer asks of each type: schema.org's own expectations, and what Google requires for it to be shown. */
const REQUIRED: Record<string, string[]> = {
  WebSite: ["@id", "name", "url"],
  Organization: ["@id", "name", "url"],
  LocalBusiness: ["@id", "name", "url", "address"],
  Bakery: ["@id", "name", "url", "address"],
  WebPage: ["@id", "name", "url", "inLanguage"],
  FAQPage: ["@id", "name", "url", "mainEntity"],
  Question: ["name", "acceptedAnswer"],
  Answer: ["text"],
  BreadcrumbList: ["itemListElement"],
  ItemList: ["itemListElement"],
  ListItem: ["position", "item"],
  BlogPosting: ["headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"],
  Person: ["name"],
  Product: ["name", "offers"],
  Offer: ["price", "priceCurrency"],
  PostalAddress: [],
  GeoCoordinates: ["latitude", "longitude"],
  OpeningHoursSpecification: ["dayOfWeek", "opens", "closes"],
  ImageObject: ["url"],
};

const ADDRESSES = new Set(["url", "@id", "item", "image", "logo"]);
const DAYS = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/;

/** What is wrong with a document of JSON-LD, by the shapes its types ask for; nothing of a good one. */
export function flaws(document: Record<string, unknown>): string[] {
  const graph = document["@graph"] as Node[];
  const ids = new Set(graph.map((it) => it["@id"]));
  const found: string[] = document["@context"] === "https://schema.org" ? [] : ["@context"];
  const check = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      if (value.length === 0) found.push(`${path} is empty`);
      for (const [index, it] of value.entries()) check(it, `${path}[${index}]`);
      return;
    }
    if (typeof value !== "object" || value === null) {
      if (value === null || value === undefined || value === "") found.push(`${path} is nothing`);
      return;
    }
    const node = value as Node;
    const type = node["@type"];
    if (type === undefined) {
      if (!ids.has(node["@id"]) || Object.keys(node).length !== 1) found.push(`${path} refers to nothing`);
      return;
    }
    const required = REQUIRED[type];
    if (!required) found.push(`${path}: unknown type ${type}`);
    for (const name of required ?? []) if (node[name] === undefined) found.push(`${path}: ${type} without ${name}`);
    for (const [name, it] of Object.entries(node)) {
      if (ADDRESSES.has(name) && typeof it === "string" && !/^https:\/\/[^\s]+$/.test(it))
        found.push(`${path}.${name}: ${it}`);
      if (/^date/.test(name) && Number.isNaN(Date.parse(String(it)))) found.push(`${path}.${name}: no date`);
      if (["opens", "closes"].includes(name) && !/^\d\d:\d\d$/.test(String(it))) found.push(`${path}.${name}: no time`);
      if (name === "dayOfWeek" && !(it as string[]).every((day) => DAYS.test(day)))
        found.push(`${path}.${name}: no day`);
      if (name === "priceCurrency" && !/^[A-Z]{3}$/.test(String(it))) found.push(`${path}.${name}: no currency`);
      if (name === "price" && !/^\d+(?:\.\d+)?$/.test(String(it))) found.push(`${path}.${name}: no number`);
      if (name !== "@type") check(it, `${path}.${name}`);
    }
    if (/List$/.test(type)) {
      const items = node.itemListElement as { position: number }[];
      if (items.some(({ position }, index) => position !== index + 1)) found.push(`${path}: positions`);
    }
  };
  check(graph, "@graph");
  if (ids.size !== graph.length) found.push("an id twice");
  return found;
}

/** The JSON-LD of a page; `null` when it has none. */
export function jsonLdIn(page: string): { "@graph": Node[] } & Record<string, unknown> {
  const [, source, ...more] = page.split(/<script type="application\/ld\+json">|<\/script>/);
  if (more.length === 0) throw new Error("no JSON-LD");
  return JSON.parse(source ?? "");
}

/** The node of a type in it. */
export const nodeOf = (page: string, type: string): Node | undefined =>
  jsonLdIn(page)["@graph"].find((it) => it["@type"] === type);

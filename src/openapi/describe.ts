import { SCHEMA_WORDS } from "./schema-words.ts";
import { isObject, refOf, type Schema } from "../core/json-schema.ts";
import { FIELD_WORDS } from "./words.ts";

const snake = (name: string): string => name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** `UpdateSiteWebhook` is about a `Webhook`, as `SiteWebhook` is. */
const nounOf = (schema: string): string =>
  schema.replace(/^(Create|Update|Replace|Import|New)/, "").replace(/^Site(?=Webhook)/, "");

/** `site webhook` of `UpdateSiteWebhook`. */
const spoken = (name: string): string =>
  name
    .replace(/^(Create|Update|Replace|Import|New)/, "")
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
    .replace(/^api\b/, "API");

const withArticle = (name: string): string => `${/^[aeio]|^API/i.test(spoken(name)) ? "an" : "a"} ${spoken(name)}`;

const PATTERNS: [RegExp, (name: string) => string][] = [
  [/^Create/, (name) => `What ${withArticle(name)} is made of`],
  [/^Update/, (name) => `What is to change of ${withArticle(name)}; the rest stays as it is`],
  [/^Replace/, (name) => `${withArticle(name)} as it is to be; what is left out gets its default`],
  [/^Import/, (name) => `${withArticle(name)} of another system, taken over`],
  [/^New/, (name) => `A new ${spoken(name)}, with what is shown only now`],
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function wordsOf(name: string): string {
  const pattern = PATTERNS.find(([begins]) => begins.test(name));
  return SCHEMA_WORDS[name] ?? capital(pattern ? pattern[1](name) : withArticle(name));
}

/** What a field of a schema, or of what stands in it, is. */
export const fieldWords = (within: string, name: string): string | undefined =>
  FIELD_WORDS[`${snake(within)}.${snake(name)}`] ?? FIELD_WORDS[snake(name)];

function describeFields(part: unknown, within: string): void {
  if (Array.isArray(part)) for (const each of part) describeFields(each, within);
  if (!isObject(part)) return;
  for (const [name, field] of Object.entries(Object(part.properties)) as [string, Schema][]) {
    const words = refOf(field) === null ? fieldWords(within, name) : undefined;
    if (words !== undefined) field.description ??= words;
    describeFields(field, name);
  }
  for (const name of ["items", "anyOf", "oneOf", "allOf", "additionalProperties"]) describeFields(part[name], within);
}

/** Gives words to every schema and field that has none of its own. */
export function describe(schemas: Record<string, Schema>, inline: Schema[]): void {
  for (const [name, schema] of Object.entries(schemas)) {
    schema.description ??= wordsOf(name);
    describeFields(schema, nounOf(name));
  }
  describeFields(inline, "");
}

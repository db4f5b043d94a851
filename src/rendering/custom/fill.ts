import type { Declared } from "../catalogue/declared.ts";
import type { Kind, Properties, Property } from "../catalogue/properties.ts";
import { escaped, paragraphs } from "../text/paragraphs.ts";
import { readableText } from "../text/readable.ts";
import { type CustomProperty, PLACEHOLDER, type PropertyValue, wholePlaceholder } from "./block.ts";

/** What is put into templates of one page at most, in characters: a short value may stand in many places. */
const MAX_FILLED = 1_000_000;

/** A value with what it is. */
export interface Value {
  type: CustomProperty["type"];
  value: PropertyValue;
}

export type Values = ReadonlyMap<string, Value>;

/** The property of a block by one of its names. */
export function propertyNamed(properties: Properties, name: string): Property | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return Object.values(properties).find(({ also }) => also?.includes(name));
}

/** A value as the text that readers read. */
const wordsOf = ({ type, value }: Value): string =>
  type === "richText" ? readableText(String(value)).replace(/\s+/g, " ").trim() : String(value);

/** A value that is all there is in its place: numbers stay numbers. */
function whole(given: Value, kind: Kind): PropertyValue {
  if (kind === "richText") return given.type === "richText" ? given.value : paragraphs(wordsOf(given));
  return typeof given.value === "string" ? wordsOf(given) : given.value;
}

/** A value within a text of ours, escaped as that is read: what is rendered of it is checked all the same. */
function within(given: Value, kind: Kind): string {
  if (kind === "richText") return given.type === "richText" ? String(given.value) : escaped(wordsOf(given));
  if (kind !== "url" && kind !== "image") return wordsOf(given);
  return encodeURIComponent(wordsOf(given)).replaceAll("%40", "@").replaceAll("%2B", "+");
}

/** Puts values into the templates of one page. */
export class Filler {
  private left = MAX_FILLED;

  /** Whether something was left out since there was too much of it. */
  get isFull(): boolean {
    return this.left < 0;
  }

  /** The properties of a block of a template; what nothing is put into is left out. */
  props(
    props: Record<string, unknown>,
    { properties, others }: Pick<Declared, "properties" | "others">,
    values: Values,
  ) {
    const filled = Object.entries(props).map(([name, value]) => {
      const property = propertyNamed(properties, name) ?? others;
      return [name, this.value(value, property, values)];
    });
    return Object.fromEntries(filled.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
  }

  private value(value: unknown, property: Property | undefined, values: Values): unknown {
    if (typeof value === "string") return this.text(value, property?.kind ?? "text", values);
    if (Array.isArray(value)) {
      const filled = value.map((it) => this.value(it, property, values));
      return filled.filter((it) => it !== undefined);
    }
    if (typeof value !== "object" || value === null) return value;
    return this.props(value as Record<string, unknown>, { properties: property?.of ?? {} }, values);
  }

  private text(text: string, kind: Kind, values: Values): unknown {
    const name = wholePlaceholder(text);
    if (name !== null) {
      const given = values.get(name);
      return given && this.spend(whole(given, kind));
    }
    return text.replace(PLACEHOLDER, (_, it: string) => {
      const given = values.get(it);
      return given ? String(this.spend(within(given, kind))) : "";
    });
  }

  private spend(value: PropertyValue): PropertyValue {
    this.left -= String(value).length;
    return this.left < 0 ? "" : value;
  }
}

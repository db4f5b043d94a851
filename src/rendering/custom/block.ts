/** What a property of a custom block holds. */
export const PROPERTY_TYPES = ["text", "richText", "url", "image", "number", "boolean"] as const;

export type PropertyValue = string | number | boolean;

/** What a page that uses the block can give it. */
export interface CustomProperty {
  name: string;
  type: (typeof PROPERTY_TYPES)[number];
  /** A page that leaves it out, where there is no default, is told so by the publish. */
  required: boolean;
  default: PropertyValue | null;
}

/** A block the template is made of, of a type that is built in; `{{name}}` in its properties stands for one of the block's. */
export interface TemplateBlock {
  type: string;
  props: Record<string, unknown>;
  /** A property: the block is shown only where that is true or not empty. */
  when?: string | undefined;
}

export interface Template {
  blocks: TemplateBlock[];
}

/** A block that a website has put together of others. */
export interface CustomBlock {
  id: string;
  /** Grows with every change of the template or the properties: documents that show an older one are rendered anew. */
  version: number;
  template: Template;
  properties: CustomProperty[];
}

export type CustomBlocks = ReadonlyMap<string, CustomBlock>;

const TYPE = /^custom:([a-z]+_[0-9A-HJKMNP-TV-Z]{26})$/;

/** The id in the type of a block that is a custom one; `null` for every other type. */
export const customIdIn = (type: string): string | null => TYPE.exec(type)?.[1] ?? null;

/** `{{name}}`, with spaces or without. */
export const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}/g;

/** The names that stand in a text. */
export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string);

const WHOLE = new RegExp(`^\\s*${PLACEHOLDER.source}\\s*$`);

/** The name a text consists of; `null` where it is more than that. */
export const wholePlaceholder = (text: string): string | null => WHOLE.exec(text)?.[1] ?? null;

/** Whether a value is one of a property of this type. Numbers count as text. */
export function isOfType(type: CustomProperty["type"], value: unknown): value is PropertyValue {
  if (type === "boolean") return typeof value === "boolean";
  if (typeof value === "number") return Number.isFinite(value) && (type === "number" || type === "text");
  return type !== "number" && typeof value === "string";
}

import type { Properties, Property } from "./properties.ts";

export const BLOCK_CATEGORIES = [
  "heroes",
  "text",
  "media",
  "cards",
  "lists",
  "contact",
  "commerce",
  "booking",
] as const;

/** What is known of a type of block besides how it is shown. */
export interface Declared {
  label: string;
  category: (typeof BLOCK_CATEGORIES)[number];
  description: string;
  /** What it reads: renderers ask for these by their names. */
  properties: Properties;
  /** What any other property holds, where it may have others. */
  others?: Property;
  /** Properties that show what each of them does. */
  example: Record<string, unknown>;
  /** The same for properties that stand instead of others. */
  variants?: Record<string, unknown>[];
}

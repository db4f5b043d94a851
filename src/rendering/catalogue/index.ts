import { BOOKING_BLOCKS } from "./booking.ts";
import { CARD_BLOCKS } from "./cards.ts";
import type { Declared } from "./declared.ts";
import { FORM_BLOCKS } from "./forms.ts";
import { LIST_BLOCKS } from "./lists.ts";
import { PRODUCT_BLOCKS } from "./products.ts";
import { PUSH_BLOCKS } from "./push.ts";
import { REVIEW_BLOCKS } from "./reviews.ts";
import { schemaOf } from "./properties.ts";
import { TEXT_BLOCKS } from "./text.ts";

/** What is known of every type of block that is rendered. */
export const DECLARED: Readonly<Record<string, Declared>> = {
  ...TEXT_BLOCKS,
  ...CARD_BLOCKS,
  ...LIST_BLOCKS,
  ...PRODUCT_BLOCKS,
  ...REVIEW_BLOCKS,
  ...FORM_BLOCKS,
  ...BOOKING_BLOCKS,
  ...PUSH_BLOCKS,
};

/** A type of block as editors, agents and models are told of it. */
export interface BlockType {
  type: string;
  label: string;
  category: Declared["category"];
  description: string;
  /** JSON Schema of `props`. */
  schema: Record<string, unknown>;
  /** Properties that show what each of them does. */
  example: Record<string, unknown>;
}

let types: readonly BlockType[] | null = null;

/** Every type of block, with the schema of its properties and an example that renders. */
export function blockTypes(): readonly BlockType[] {
  types ??= Object.entries(DECLARED).map(([type, { label, category, description, properties, others, example }]) => ({
    ...{ type, label, category, description },
    schema: schemaOf(properties, others),
    example,
  }));
  return types;
}

export const blockType = (type: string): BlockType | undefined => blockTypes().find((it) => it.type === type);

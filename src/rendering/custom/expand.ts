import type { Block } from "../blocks/index.ts";
import { DECLARED } from "../catalogue/index.ts";
import type { Notes } from "../notes.ts";
import { isSaid } from "../text/props.ts";
import { type CustomBlock, type CustomBlocks, customIdIn, isOfType } from "./block.ts";
import { Filler, type Value, type Values } from "./fill.ts";

/** A block and where in the document it comes from. */
export interface PlacedBlock extends Block {
  path: string;
}

/** What a page gives a custom block; notes what it needs and is not given, and what it has no use for. */
function valuesOf({ properties }: CustomBlock, props: Block["props"], path: string, notes: Notes): Values {
  const values = new Map<string, Value>();
  for (const { name, type, required, default: otherwise } of properties) {
    const given = Object.hasOwn(props, name) ? props[name] : undefined;
    const isGiven = isSaid(given) || given === false;
    if (isGiven && !isOfType(type, given)) notes.add("unused_property", `${path}.props.${name}`, name);
    const value = isGiven && isOfType(type, given) ? given : otherwise;
    if (value !== null) values.set(name, { type, value });
    else if (required) notes.add("missing_property", `${path}.props.${name}`, name);
  }
  const known = new Set(properties.map(({ name }) => name));
  for (const [name, value] of Object.entries(props)) {
    if (!known.has(name) && isSaid(value)) notes.add("unused_property", `${path}.props.${name}`, name);
  }
  return values;
}

/** Whether a block of a template is shown. */
const isShown = (when: string | undefined, values: Values): boolean =>
  when === undefined || isSaid(values.get(when)?.value);

/** The blocks of a page with custom ones in the place of which their templates stand, filled with what the page gives. */
export function expanded(blocks: readonly Block[], customBlocks: CustomBlocks, notes: Notes): PlacedBlock[] {
  const filler = new Filler();
  const placed = blocks.flatMap((block, index): PlacedBlock[] => {
    const path = `blocks[${index}]`;
    const id = customIdIn(block.type);
    if (id === null) return [{ ...block, path }];
    const custom = customBlocks.get(id);
    notes.block(id, custom?.version ?? null);
    if (!custom) return [{ ...block, path }];
    const values = valuesOf(custom, block.props, path, notes);
    return custom.template.blocks.flatMap(({ type, props, when }, nth) => {
      const declared = Object.hasOwn(DECLARED, type) ? DECLARED[type] : undefined;
      if (!isShown(when, values)) return [];
      const filled = filler.props(props, declared ?? { properties: {} }, values);
      return [{ type, props: filled, path: `${path}.template.blocks[${nth}]` }];
    });
  });
  if (filler.isFull) notes.add("shortened_text", "blocks", "custom blocks that hold more than a page can");
  return placed;
}

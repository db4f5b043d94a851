import { Album } from "../album.ts";
import { Notes } from "../notes.ts";
import { type Facts, noFacts } from "../structured/facts.ts";
import { noteUnread, propsOf } from "../text/props.ts";
import { headingOf, type Html, type RenderBlock } from "./kit.ts";
import { cardBlocks } from "./cards.ts";
import { listBlocks } from "./lists.ts";
import { textBlocks } from "./text.ts";

/** A part of a page: the name of a component and what it is given. */
export interface Block {
  type: string;
  props: Record<string, unknown>;
}

/** Every block type that is rendered. Others render nothing; a publish names them in its warnings. */
const BLOCKS: Readonly<Record<string, RenderBlock>> = { ...textBlocks, ...cardBlocks, ...listBlocks };

export const BLOCK_TYPES: readonly string[] = Object.keys(BLOCKS);

const isHero = ({ type }: Block): boolean => type === "HeroSection" || type === "VideoHeroSection";

/** Whether the first block gives the page its `h1`. */
export const beginsWithHero = ([first]: readonly Block[]): boolean =>
  first !== undefined && isHero(first) && headingOf(propsOf(first.props)) !== "";

/** Renders what is known, and notes what is not; `facts` hears what of it is of use to programs. */
export const renderBlocks = (
  blocks: readonly Block[],
  locale: string,
  notes = new Notes(),
  album = new Album(new Map(), notes),
  facts: Facts = noFacts(),
): Html[] =>
  blocks.flatMap(({ type, props: values }, index) => {
    const path = `blocks[${index}]`;
    const render = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
    if (!render) {
      notes.add("unknown_block", path, type);
      return [];
    }
    const props = propsOf(values, `${path}.props`, notes, album);
    const rendered = render(props, { locale, isFirst: index === 0, facts });
    noteUnread(props);
    return rendered ?? [];
  });

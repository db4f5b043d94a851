import type { Props } from "../text/props.ts";
import { headingOf, type Html, type RenderBlock } from "./kit.ts";
import { cardBlocks } from "./cards.ts";
import { listBlocks } from "./lists.ts";
import { textBlocks } from "./text.ts";

/** A part of a page: the name of a component and what it is given. */
export interface Block {
  type: string;
  props: Props;
}

/** Every block type that is rendered. Others render nothing; a publish names them in its warnings. */
const BLOCKS: Readonly<Record<string, RenderBlock>> = { ...textBlocks, ...cardBlocks, ...listBlocks };

export const BLOCK_TYPES: readonly string[] = Object.keys(BLOCKS);

const isHero = ({ type }: Block): boolean => type === "HeroSection" || type === "VideoHeroSection";

/** Whether the first block gives the page its `h1`. */
export const beginsWithHero = ([first]: readonly Block[]): boolean =>
  first !== undefined && isHero(first) && headingOf(first.props) !== "";

export const renderBlocks = (blocks: readonly Block[], locale: string): Html[] =>
  blocks.flatMap(({ type, props }, index) => {
    const render = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
    return render?.(props, { locale, isFirst: index === 0 }) ?? [];
  });

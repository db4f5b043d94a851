import { Album } from "../album.ts";
import { DECLARED } from "../catalogue/index.ts";
import { Notes } from "../notes.ts";
import { formKeyOf } from "../forms/key.ts";
import { type Facts, noFacts } from "../structured/facts.ts";
import { noteUnread, propsOf, textOf } from "../text/props.ts";
import type { Html, RenderBlock } from "./kit.ts";
import { bookingBlocks } from "./booking.ts";
import { cardBlocks } from "./cards.ts";
import { formBlocks } from "./forms.ts";
import { listBlocks } from "./lists.ts";
import { productBlocks } from "./products.ts";
import { pushBlocks } from "./push.ts";
import { reviewBlocks } from "./reviews.ts";
import { textBlocks } from "./text.ts";

/** A part of a page: the name of a component and what it is given. */
export interface Block {
  type: string;
  props: Record<string, unknown>;
}

/** The id of a document, and what it shares with its translations. */
interface DocumentIds {
  id: string;
  original: string;
}

/** Every block type that is rendered. Others render nothing; a publish names them in its warnings. */
const BLOCKS: Readonly<Record<string, RenderBlock>> = {
  ...textBlocks,
  ...cardBlocks,
  ...listBlocks,
  ...productBlocks,
  ...reviewBlocks,
  ...formBlocks,
  ...bookingBlocks,
  ...pushBlocks,
};

export const BLOCK_TYPES: readonly string[] = Object.keys(BLOCKS);

const of = ({ type }: Pick<Block, "type">) => DECLARED[type]?.properties;

const isHero = ({ type }: Block): boolean => type === "HeroSection" || type === "VideoHeroSection";

/** Whether the first block gives the page its `h1`. */
export const beginsWithHero = ([first]: readonly Block[]): boolean =>
  first !== undefined &&
  isHero(first) &&
  textOf(propsOf(first.props, "", undefined, undefined, of(first)), "title") !== "";

/** Renders what is known, and notes what is not, by its `path` in the document; `facts` hears what of it is of use to programs. */
export const renderBlocks = (
  blocks: readonly (Block & { path?: string })[],
  locale: string,
  notes = new Notes(),
  album = new Album(new Map(), notes),
  facts: Facts = noFacts(),
  { id: documentId, original }: DocumentIds = { id: "page", original: "page" },
): Html[] => {
  let unnamed = 0;
  const nameForm = () => {
    unnamed += 1;
    return formKeyOf(original, unnamed);
  };
  return blocks.flatMap(({ type, props: values, path: from }, index) => {
    const path = from ?? `blocks[${index}]`;
    const render = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
    if (!render) {
      notes.add("unknown_block", path, type);
      return [];
    }
    const props = propsOf(values, `${path}.props`, notes, album, of({ type }));
    const rendered = render(props, { locale, isFirst: index === 0, facts, documentId, nameForm });
    noteUnread(props);
    return rendered ?? [];
  });
};

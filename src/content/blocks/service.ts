import { notFound } from "../../core/errors.ts";
import { type BlockType, blockType, blockTypes } from "../../rendering/catalogue/index.ts";

type Category = BlockType["category"];

/** The types of blocks that pages can be made of, of one category or all; the same for every website. */
export const listBlockTypes = ({ category }: { category?: Category | undefined }): BlockType[] =>
  blockTypes().filter((it) => category === undefined || it.category === category);

/** The type of block of this name; throws `not_found`. */
export function getBlockType(type: string): BlockType {
  const found = blockType(type);
  if (!found) throw notFound("Block type");
  return found;
}

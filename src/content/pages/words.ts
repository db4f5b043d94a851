import { indexed } from "../../core/fold.ts";
import { searchedPart } from "../../core/storage/folded.ts";
import { readableText } from "../../rendering/text/readable.ts";
import type { Block } from "./parts.ts";

/** A line for every text in the props of blocks that is not an address. */
function textsOf(blocks: readonly Block[]): string[] {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      if (!/^(?:https?:|\/|#)\S*$/.test(value)) texts.push(readableText(value));
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const block of blocks) collect(block.props);
  return texts;
}

/** The words of a page, title and blocks, as they stand in the full-text index. */
export const wordsOfPage = ({ title, blocks }: { title: string; blocks: readonly Block[] }): string =>
  indexed(searchedPart([title, ...textsOf(blocks)].join("\n")));

/** The site's own word in the index, by which a search stays within it. */
export const siteWord = (siteId: string): string => siteId.toLowerCase().replace(/[^a-z0-9]/g, "");

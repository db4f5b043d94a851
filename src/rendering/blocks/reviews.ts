import { shopMarker } from "../shop/query.ts";
import { numberOf, textOf } from "../text/props.ts";
import { headingOf, type RenderBlock, section } from "./kit.ts";

/** Reviews a block has, at most and where nobody has said how many. */
const MAX_REVIEWS = 20;
const FEW_REVIEWS = 5;

/** Which reviews there are is looked up when the page is read. */
const list: RenderBlock = (props) => {
  const limit = Math.round(numberOf(props, "limit") ?? FEW_REVIEWS);
  const query = {
    by: "shop" as const,
    shows: "reviews" as const,
    product: textOf(props, "product"),
    limit: Math.min(Math.max(limit, 1), MAX_REVIEWS),
  };
  return section("shop", headingOf(props), shopMarker(query));
};

export const reviewBlocks: Record<string, RenderBlock> = { ReviewList: list, ReviewListSection: list };

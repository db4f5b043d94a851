import type { Declared } from "./declared.ts";
import { number, text } from "./properties.ts";
import { HEADING } from "./shared.ts";

const LIST: Declared = {
  label: "Reviews",
  category: "commerce",
  description: "What customers say: the average and the newest approved reviews, as they are when the page is read",
  properties: {
    ...HEADING,
    product: text("The slug of a product; all reviews of the website where it is left out", { also: ["slug"] }),
    limit: number("How many there are at most, from 1 to 20; 5 where it is left out"),
  },
  example: { heading: "What customers say", product: "sourdough-loaf", limit: 3 },
};

/** Reviews of the shop and its products. */
export const REVIEW_BLOCKS: Readonly<Record<string, Declared>> = { ReviewList: LIST, ReviewListSection: LIST };

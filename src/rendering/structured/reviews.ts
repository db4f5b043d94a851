import type { AggregateRating, Review } from "schema-dts";
import type { ShownRating, ShownReview } from "../shop/reviews.ts";

/** Reviews a page tells of; readers of more have the page. */
const MAX_REVIEWS = 10;
const MAX_LENGTH = 5_000;

/** The rating of something in the words of schema.org; `null` where there is none. */
export const aggregateRatingOf = ({
  average,
  count,
}: Pick<ShownRating, "average" | "count">): AggregateRating | null =>
  average === null
    ? null
    : { "@type": "AggregateRating", ratingValue: average, reviewCount: count, bestRating: 5, worstRating: 1 };

/** Reviews in the words of schema.org: what the page shows of them. */
export const reviewThingsOf = (reviews: readonly ShownReview[]): Review[] =>
  reviews.slice(0, MAX_REVIEWS).map(({ rating, title, text, author, createdAt }) => ({
    "@type": "Review",
    author: { "@type": "Person", name: author },
    datePublished: createdAt,
    ...(title && { name: title }),
    ...(text && { reviewBody: text.slice(0, MAX_LENGTH) }),
    reviewRating: { "@type": "Rating", ratingValue: rating, bestRating: 5, worstRating: 1 },
  }));

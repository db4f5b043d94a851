import type { Review } from "schema-dts";
import type { ShownReview } from "../shop/reviewed.ts";

/** Reviews a page tells of; readers of more have the page. */
const MAX_REVIEWS = 10;
const MAX_LENGTH = 5_000;

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

/** An approved review as visitors see it. */
export interface ShownReview {
  id: string;
  /** Whole stars, 1 to 5. */
  rating: number;
  title: string | null;
  /** Plain text, with line breaks. */
  text: string;
  author: string;
  /** Whether its author has bought the product here. */
  isOfBuyer: boolean;
  /** ISO 8601. */
  createdAt: string;
  answer: string | null;
  answeredAt: string | null;
}

/** Approved reviews in figures, as `ratingsOf` counts them. */
export interface ShownRating {
  average: number | null;
  count: number;
  /** How many there are of so many stars. */
  stars: Record<number, number>;
}

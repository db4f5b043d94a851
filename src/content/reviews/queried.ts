import type { ReadDatabase } from "../../core/storage/database.ts";
import type { ShownRating, ShownReview } from "../../rendering/shop/reviewed.ts";
import { ratingsOf } from "./ratings.ts";
import { listShownReviews, type WantedReviews } from "./shown.ts";

/** Reviews in figures and in words. */
export interface FoundReviews {
  rating: ShownRating;
  items: ShownReview[];
  hasMore: boolean;
}

/** What several questions ask for, each answered by its own: the same one is asked once. */
export async function queryReviews(
  db: ReadDatabase,
  siteId: string,
  wanted: readonly WantedReviews[],
): Promise<FoundReviews[]> {
  if (wanted.length === 0) return [];
  const keyOf = (it: WantedReviews): string => JSON.stringify(it);
  const asked = [...new Map(wanted.map((it) => [keyOf(it), it])).values()];
  const [ratings, ...lists] = await Promise.all([
    ratingsOf(db, siteId, [...new Set(asked.map(({ productId }) => productId))]),
    ...asked.map((it) => listShownReviews(db, siteId, it)),
  ]);
  const found = new Map(
    asked.map((it, index) => [keyOf(it), { ...lists[index], rating: ratings.get(it.productId) } as FoundReviews]),
  );
  return wanted.map((it) => found.get(keyOf(it)) as FoundReviews);
}

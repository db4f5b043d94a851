import { and, eq } from "drizzle-orm";
import { collectionCounts } from "../../core/storage/counts.ts";
import type { ReadDatabase } from "../../core/storage/database.ts";
import { isListed } from "../../core/storage/scoped.ts";
import { MAX_RATING, MIN_RATING } from "./table.ts";

/** The approved reviews of something in figures. */
export interface Rating {
  /** Of one decimal, half up; `null` where there is no review. */
  average: number | null;
  count: number;
  /** How many there are of so many stars. */
  stars: Record<number, number>;
}

/** All there may be, the most first. */
export const STARS: readonly number[] = Array.from(
  { length: MAX_RATING - MIN_RATING + 1 },
  (_, index) => MAX_RATING - index,
);

/** The average in whole tenths, so that a half is one: `(10·sum / count)` rounded half up. */
function averageOf(stars: Record<number, number>, count: number): number | null {
  if (count === 0) return null;
  const sum = STARS.reduce((all, it) => all + it * (stars[it] ?? 0), 0);
  return Math.floor((20 * sum + count) / (2 * count)) / 10;
}

function ratingOf(stars: Record<number, number>): Rating {
  const count = STARS.reduce((all, it) => all + (stars[it] ?? 0), 0);
  return { average: averageOf(stars, count), count, stars };
}

/** What triggers count approved reviews under, in the scope of their site: `ratings:5`, `ratings:prod_…:5`. */
const nameOf = (productId: string | null, stars: number): string =>
  productId === null ? `ratings:${stars}` : `ratings:${productId}:${stars}`;

/**
 * The ratings of some products of a site by their ids, and under `null` that of all its reviews together. Reads five rows
 * for each, however many reviews there are: the commit that changes a review counts it.
 */
export async function ratingsOf<Id extends string | null>(
  db: ReadDatabase,
  siteId: string,
  productIds: readonly Id[],
): Promise<Map<Id, Rating>> {
  const { scope, name, n } = collectionCounts;
  const names = productIds.flatMap((id) => STARS.map((stars) => nameOf(id, stars)));
  const rows = await db
    .select({ name, n })
    .from(collectionCounts)
    .where(and(eq(scope, siteId), isListed(name, names)));
  const counted = new Map(rows.map((row) => [row.name, row.n]));
  return new Map(
    productIds.map((id) => [
      id,
      ratingOf(Object.fromEntries(STARS.map((stars) => [stars, counted.get(nameOf(id, stars)) ?? 0]))),
    ]),
  );
}

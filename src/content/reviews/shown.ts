import { and, desc, eq, sql } from "drizzle-orm";
import { timestamp, timestampOrNull } from "../../core/fields.ts";
import type { ReadDatabase } from "../../core/storage/database.ts";
import type { ShownReview } from "../../rendering/shop/reviewed.ts";
import { reviews } from "./table.ts";

const SHOWN = {
  id: reviews.id,
  rating: reviews.rating,
  title: reviews.title,
  text: reviews.text,
  author: reviews.author,
  orderId: reviews.orderId,
  createdAt: reviews.createdAt,
  answer: reviews.answer,
  answeredAt: reviews.answeredAt,
};

/** Which reviews: of a product, or of everything where it is `null`; those older than one of them. */
export interface WantedReviews {
  productId: string | null;
  limit: number;
  before?: string | undefined;
}

/**
 * The approved reviews of a site as visitors see them, the newest first, and whether there are older ones. Reads as many
 * rows as it shows, wherever it begins.
 */
export async function listShownReviews(
  db: ReadDatabase,
  siteId: string,
  { productId, limit, before }: WantedReviews,
): Promise<{ items: ShownReview[]; hasMore: boolean }> {
  const place = sql`(${reviews.createdAt}, ${reviews.id})`;
  const named = and(eq(reviews.siteId, siteId), eq(reviews.id, before ?? ""));
  const at = sql`(SELECT ${reviews.createdAt}, ${reviews.id} FROM ${reviews} WHERE ${named})`;
  const rows = await db
    .select(SHOWN)
    .from(reviews)
    .where(
      and(
        eq(reviews.siteId, siteId),
        productId === null ? undefined : eq(reviews.productId, productId),
        eq(reviews.status, "approved"),
        before === undefined ? undefined : sql`${place} < ${at}`,
      ),
    )
    .orderBy(desc(reviews.createdAt), desc(reviews.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(({ orderId, createdAt, answeredAt, ...row }) => ({
    ...row,
    isOfBuyer: orderId !== null,
    createdAt: timestamp(createdAt),
    answeredAt: timestampOrNull(answeredAt),
  }));
  return { items, hasMore: rows.length > limit };
}

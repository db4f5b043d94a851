import { and, eq } from "drizzle-orm";
import { REVIEWS } from "../../content/reviews/resource.ts";
import { reviews } from "../../content/reviews/table.ts";
import type { DemoProduct } from "./products.ts";
import { ensureRow, type Shop } from "./step.ts";

/** What customers say: of which product, with how many stars, and what has become of it. */
const DEMO_REVIEWS = [
  {
    hoursAgo: 40,
    of: "Sourdough loaf",
    author: "Ada Berg",
    rating: 5,
    title: "The crust sings",
    text: "Still warm when it came, and it does sing. Gone by noon.",
    status: "approved",
    answer: "Thank you, Ada. On Saturday there will be two more.",
  },
  {
    hoursAgo: 34,
    of: "Sourdough loaf",
    author: "Finn",
    rating: 4,
    title: null,
    text: "Very good. I would take it a little darker.",
    status: "approved",
    answer: null,
  },
  {
    hoursAgo: 30,
    of: "Linen bread bag",
    author: "Lotte Visser",
    rating: 5,
    title: "Keeps what it says",
    text: "Four days, and the crust is still one.",
    status: "approved",
    answer: null,
  },
  {
    hoursAgo: 8,
    of: "Stollen",
    author: "Milo Jansen",
    rating: 3,
    title: "Too few raisins",
    text: "The almonds are right, but my grandmother would have asked where the raisins went.",
    status: "pending",
    answer: null,
  },
  {
    hoursAgo: 6,
    of: "Butter croissant",
    author: "Best prices here",
    rating: 1,
    title: null,
    text: "Cheap watches, follow the link in my name.",
    status: "rejected",
    answer: null,
  },
] as const;

/** Adds reviews that are approved, answered, pending and rejected. */
export async function ensureReviews(shop: Shop, products: ReadonlyMap<string, DemoProduct>): Promise<void> {
  for (const { hoursAgo, of, ...said } of DEMO_REVIEWS) {
    const isIt = and(eq(reviews.author, said.author), eq(reviews.text, said.text));
    const body = { ...said, productId: products.get(of)?.id ?? null };
    await ensureRow(shop, hoursAgo, reviews, isIt, (ctx) =>
      REVIEWS.verbs.create({ ctx, input: { siteId: shop.siteId, body } }),
    );
  }
}

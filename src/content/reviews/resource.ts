import { sampleId } from "../../core/events/sample.ts";
import { byStatus } from "../resource/declaration.ts";
import { siteResource } from "../resource/resource.ts";
import { SHOP } from "../shop/shop.ts";
import { ListReviewsQuery, ReviewBodies, ReviewSchema } from "./contract.ts";
import { answeredAt, expectOnlyOne, requireProduct } from "./rules.ts";
import { REVIEW_STATUSES, reviews } from "./table.ts";

const SAMPLE = {
  productId: sampleId("prod"),
  orderId: null,
  rating: 5,
  title: "Better than mine",
  text: "Crust as it should be.",
  author: "Ada Baker",
  email: "ada@example.com",
  status: "pending" as const,
  approved: false,
  answer: null,
  answeredAt: null,
};

const APPROVED = { status: "approved" as const, approved: true };
const ANSWERED = { answer: "Thank you!", answeredAt: "2026-01-15T10:30:00.000Z" };

/** What customers say of what a shop sells: written by visitors, or brought along; approved, rejected and answered. */
export const REVIEWS = siteResource({
  ...SHOP,
  tag: "Reviews",
  name: "review",
  label: "Review",
  path: "/reviews",
  idPrefix: "rev",
  table: reviews,
  schema: ReviewSchema,
  personal: ["author", "email"],
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { ...APPROVED, ...ANSWERED, version: 2 }, deleted: {} },
    turns: {
      approved: {
        sample: { ...APPROVED, version: 2 },
        isNow: ({ approved }) => approved,
      },
    },
  },
  list: {
    query: ListReviewsQuery,
    orders: { createdAt: reviews.createdAt, updatedAt: reviews.updatedAt },
    state: byStatus(reviews.status, REVIEW_STATUSES),
    filters: { productId: reviews.productId, rating: reviews.rating },
    search: [reviews.title, reviews.text, reviews.author],
  },
  create: {
    schema: ReviewBodies.create,
    description:
      "For reviews from elsewhere. Visitors write theirs by the link of their order; these say that their author has bought the product.",
    columns: ({ ctx, site, body }) => {
      const filled = ReviewBodies.fill(body);
      requireProduct(ctx, site.id, filled.productId);
      const approved = filled.status === "approved";
      return { ...filled, orderId: null, approved, answeredAt: answeredAt(ctx, filled.answer, null) };
    },
    example: ({ productId }) => ({ productId }),
  },
  update: {
    schema: ReviewBodies.update,
    description: "Approves or rejects it, and answers it. What its author has said is not changed.",
    columns: ({ ctx, before, changes }) => ({
      ...changes,
      ...(changes.status && { approved: changes.status === "approved" }),
      ...(changes.answer !== undefined && { answeredAt: answeredAt(ctx, changes.answer, before) }),
    }),
  },
  check: ({ ctx }) => expectOnlyOne(ctx),
  remove: { description: "It can be written again. What is not to be seen any more is rejected." },
  versions: true,
  archived: { made: ({ status }) => ({ approved: status === "approved" }) },
});

import { UNTYPED } from "../../core/patterns.ts";
import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import { EmailSchema, line, text, TimestampSchema } from "../../core/fields.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { itemSchema } from "../resource/contract.ts";
import { MAX_RATING, MIN_RATING, REVIEW_STATUSES } from "./table.ts";

/** Characters of what is said, and of an answer to it. */
export const MAX_TEXT = 5_000;
export const MAX_TITLE = 200;
export const MAX_AUTHOR = 100;

const HAS_UNTYPED = new RegExp(`[${UNTYPED}]`);

/** Text of several lines, without what no keyboard writes. */
const prose = text(MAX_TEXT)
  .trim()
  .refine((it) => !HAS_UNTYPED.test(it), "must not have control characters")
  .meta({ maxLength: MAX_TEXT });

const RatingSchema = z
  .int("must be a whole number")
  .min(MIN_RATING, `must be at least ${MIN_RATING}`)
  .max(MAX_RATING, `must be at most ${MAX_RATING}`)
  .meta({ example: 5, description: "Stars, 5 being best" });

const StatusSchema = z
  .enum(REVIEW_STATUSES, `must be one of ${REVIEW_STATUSES.join(", ")}`)
  .meta({ description: "Visitors see approved reviews, and nothing of the others" });

const ProductIdSchema = text(64, "must be the id of a product")
  .nullable()
  .register(z.globalRegistry, { description: "The product it is of; null for the shop as a whole" });

const AnswerSchema = prose
  .min(1, "must not be empty; null is no answer")
  .nullable()
  .register(z.globalRegistry, { description: "What the owner answers, shown below it; null for nothing" });

/** What a visitor says. */
export const said = {
  rating: RatingSchema,
  title: line(MAX_TITLE)
    .nullable()
    .register(z.globalRegistry, { example: "Better than mine", description: "Its title; null for none" }),
  text: prose.meta({ example: "Crust as it should be.", description: "Plain text, with its line breaks" }),
  author: line(MAX_AUTHOR).meta({ example: "Ada Baker", description: "The name that is shown with it" }),
};

const fields = {
  productId: ProductIdSchema,
  ...said,
  email: EmailSchema.nullable().register(z.globalRegistry, { description: "The author's; never shown to visitors" }),
  status: StatusSchema,
  answer: AnswerSchema,
};

export const ReviewSchema = itemSchema("Review", "rev_01KAGW6PSZ0000000000000000", {
  ...fields,
  author: fields.author.optional(),
  email: fields.email.optional(),
  orderId: z.string().nullable().register(z.globalRegistry, {
    description: "The order the product was bought by; null for a review that the owner has brought along",
  }),
  approved: z.boolean().meta({ description: "Whether its status is `approved`" }),
  answeredAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When the answer was given; null without one",
  }),
});

/** What visitors have said is theirs: it is approved, rejected and answered, and not rewritten. */
export const ReviewBodies = bodiesOf({
  label: "Review",
  fields,
  defaults: { productId: null, title: null, text: "", email: null, status: "pending", answer: null },
  changeable: { status: StatusSchema, answer: AnswerSchema },
  examples: {
    create: {
      productId: "prod_01KAGW6PSZ0000000000000000",
      rating: 5,
      text: "Crust as it should be.",
      author: "Ada Baker",
    },
    update: { status: "approved", answer: "Thank you!" },
  },
});

export const ListReviewsQuery = listQuery(["createdAt", "updatedAt"], {
  status: z
    .enum(["all", ...REVIEW_STATUSES], `must be one of all, ${REVIEW_STATUSES.join(", ")}`)
    .default("all")
    .register(z.globalRegistry, { description: "Where they stand" }),
  productId: text(64).optional().register(z.globalRegistry, { description: "Reviews of this product" }),
  rating: wholeQuery(MIN_RATING, MAX_RATING)
    .optional()
    .register(z.globalRegistry, { description: "Reviews of so many stars" }),
  search: SearchSchema.optional(),
});

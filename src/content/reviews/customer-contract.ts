import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import { text } from "../../core/fields.ts";
import { shownBy } from "../resource/contract.ts";
import { ReviewSchema, said } from "./contract.ts";

/** What customers write of what they have bought, and what they may change while nobody has decided on it. */
export const CustomerReviewBodies = bodiesOf({
  label: "CustomerReview",
  fields: {
    productId: text(64, "must be the id of a product").meta({ description: "A product of the order" }),
    ...said,
  },
  defaults: { title: null, text: "" },
  changeable: said,
  examples: {
    create: {
      productId: "prod_01KAGW6PSZ0000000000000000",
      rating: 5,
      text: "Crust as it should be.",
      author: "Ada",
    },
    update: { rating: 4 },
  },
});

const {
  id,
  productId,
  orderId,
  rating,
  title,
  text: words,
  status,
  answer,
  answeredAt,
  createdAt,
  updatedAt,
} = ReviewSchema.shape;

/** A review as the one who has written it sees it. */
export const CustomerReviewSchema = z
  .object({
    ...{ id, productId, orderId, rating, title, text: words, author: said.author },
    ...{ status, answer, answeredAt, createdAt, updatedAt },
  })
  .openapi("CustomerReview");

export type CustomerReview = z.output<typeof CustomerReviewSchema>;

/** A review as its author sees it. */
export const customerReview = shownBy(CustomerReviewSchema);

/** What a customer says, whole. */
export type Said = z.output<z.ZodObject<typeof said>>;

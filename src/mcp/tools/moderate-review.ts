import { z } from "@hono/zod-openapi";
import { ReviewBodies } from "../../content/reviews/contract.ts";
import { REVIEWS } from "../../content/reviews/resource.ts";
import { expectedVersion, namesChange, reviewId, siteId, versionsOf } from "../fields.ts";
import { defineTool } from "../tool.ts";

const { status, answer } = ReviewBodies.update.shape;

export const moderateReviewTool = defineTool({
  name: "moderate_review",
  operation: "updateReview",
  description:
    "Approve or reject a review, or answer it. Visitors see approved reviews with their answers, and no others.",
  scope: "ecommerce:write",
  input: z
    .strictObject({
      siteId,
      reviewId,
      expectedVersion: expectedVersion("review", "list_reviews"),
      status: status.describe("approved, rejected, or pending again"),
      answer: answer.describe("What the shop says to it, shown below it; null for nothing"),
    })
    .refine(namesChange("reviewId"), "names no field to change"),
  handle: ({ ctx, input }) => {
    const { siteId: site, reviewId: id, expectedVersion: expected, ...changes } = input;
    return REVIEWS.verbs.update({ ctx, input: { siteId: site, id, changes, expectedVersions: versionsOf(expected) } });
  },
});

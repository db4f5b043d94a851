import { z } from "@hono/zod-openapi";
import type { ListReviewsQuery } from "../../content/reviews/contract.ts";
import { REVIEWS } from "../../content/reviews/resource.ts";
import { REVIEW_STATUSES } from "../../content/reviews/table.ts";
import { paging, productId, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const STATUSES = ["all", ...REVIEW_STATUSES] as const;

export const listReviewsTool = defineTool({
  name: "list_reviews",
  description: "List what customers say of a website's shop and its products, the newest first.",
  scope: "ecommerce:read",
  input: z.strictObject({
    siteId,
    ...paging,
    status: z
      .enum(STATUSES, `must be one of ${STATUSES.join(", ")}`)
      .default("all")
      .describe("Only reviews in this state; pending ones wait for moderate_review"),
    productId: productId.optional().describe("Only reviews of this product, as list_products gives it"),
    search: search.describe("Only reviews whose title, text or author contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListReviewsQuery>;
    const { items, pagination } = await REVIEWS.verbs.list({ ctx, input: { siteId: site, query } });
    return { reviews: items, pagination };
  },
});

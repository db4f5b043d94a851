import { z } from "@hono/zod-openapi";
import { DIMENSIONS, METRICS } from "../../analytics/figures/dimensions.ts";
import { AnalyticsQuery } from "../../content/analytics/contract.ts";
import { analyticsFor } from "../../content/analytics/service.ts";
import { parseWith } from "../../core/http/validate.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const when = z.string().max(40).optional();

export const getAnalyticsTool = defineTool({
  name: "get_analytics",
  description:
    "Get figures about a website's visitors, exact and up to this moment: in all, and by up to two dimensions. Revenue is in minor units.",
  scope: "analytics:read",
  input: z.strictObject({
    siteId,
    from: when.describe("The first day, as 2026-11-01, or a moment in ISO 8601; 30 days before the end when left out"),
    to: when.describe("The last day, which is part of it; today when left out"),
    metrics: z.array(z.enum(METRICS)).min(1).max(METRICS.length).optional().describe("What is counted"),
    groupBy: z
      .array(z.enum(DIMENSIONS as [string, ...string[]]))
      .max(2)
      .optional()
      .describe("What the groups are of: up to two"),
    source: z.string().max(500).optional().describe("Only visits from this source, such as google or direct"),
    page: z.string().max(500).optional().describe("Only what happened on the page with this path"),
    compare: z.literal("previous").optional().describe("With the figures of as long a time before it"),
    limit: z.int().min(1).max(1_000).default(50).describe("How many groups are shown"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, metrics, groupBy, limit, ...rest } = input;
    const asked = {
      ...rest,
      limit: String(limit),
      ...(metrics && { metric: metrics.join(",") }),
      ...(groupBy && groupBy.length > 0 && { groupBy: groupBy.join(",") }),
    };
    const query = parseWith(AnalyticsQuery, asked, "arguments");
    return { ...(await analyticsFor({ ctx, input: { ...query, siteId: site } })) };
  },
});

import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { UsageQuery, UsageReportSchema } from "./contract.ts";
import { usageByDay } from "./service.ts";

export const usageReportRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/usage",
    operationId: "getUsageByDay",
    tag: "Entitlements",
    summary: "Calls by key and day",
    description:
      "Up to 92 days at once, and as many whole days as fit into an answer: `next_from` says where to go on. Days without calls are left out.",
    scope: "entitlements:read",
    query: UsageQuery,
    success: { status: 200, description: "The calls, this one included", data: UsageReportSchema },
    handle: async ({ ctx, input }) => ({ data: await usageByDay({ ctx, input: input.query }) }),
  }),
];

import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { dataOf } from "../replies.ts";
import { CheckQuery, CheckSchema, RecordedSchema, RecordUsageSchema, SummarySchema } from "./contract.ts";
import { checkFeature, recordUsage, summarise } from "./service/entitlements.ts";

const tag = "Entitlements";

export const entitlementRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/entitlements/check",
    operationId: "checkEntitlement",
    tag,
    summary: "May the workspace use this much of a feature?",
    description: "Answers 200 with `allowed: false` when the plan has no room.",
    scope: "entitlements:read",
    query: CheckQuery,
    success: { status: 200, description: "The verdict with its figures", data: CheckSchema },
    handle: async ({ ctx, input }) => ({ data: await checkFeature({ ctx, input: input.query }) }),
  }),
  defineEndpoint({
    method: "post",
    path: "/entitlements/usage",
    operationId: "recordUsage",
    tag,
    summary: "Record usage of a feature",
    description:
      "Calls, tokens and features of your own; posts, pages, sites, storage and API keys are measured by the API.",
    scope: "entitlements:write",
    body: RecordUsageSchema,
    success: { status: 200, description: "The usage after it", data: RecordedSchema },
    errors: ["feature_limit_reached"],
    handle: async ({ ctx, input }) => ({ data: await recordUsage({ ctx, input: input.body }) }),
  }),
  defineEndpoint({
    method: "get",
    path: "/entitlements/summary",
    operationId: "getEntitlementSummary",
    tag,
    summary: "Everything the workspace may use, and has used",
    scope: "entitlements:read",
    success: { status: 200, description: "The summary", data: dataOf(SummarySchema) },
    handle: async ({ ctx }) => ({ data: { data: await summarise({ ctx }) } }),
  }),
];

import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { UsageSchema } from "./contract.ts";
import { usageOf } from "./service.ts";

export const usageRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/usage",
    operationId: "getUsage",
    tag: "Account",
    summary: "This month's usage of the workspace, and this key's share",
    scope: null,
    success: { status: 200, description: "The figures, this call included", data: UsageSchema },
    handle: async ({ ctx }) => ({ data: await usageOf({ ctx }) }),
  }),
];

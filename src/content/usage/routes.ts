import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { TimestampSchema } from "../fields.ts";
import { usageOf } from "./service.ts";

const FigureSchema = z
  .object({
    used: z.int(),
    limit: z.int().nullable().openapi({ description: "null: unlimited" }),
    remaining: z.int().nullable(),
  })
  .openapi("UsageFigure");

export const UsageSchema = z
  .object({
    period: z.string().openapi({ example: "2026-11" }),
    resetAt: TimestampSchema,
    tier: z.string(),
    apiCalls: FigureSchema,
    mcpCalls: FigureSchema,
    aiTokens: FigureSchema,
    key: z.object({
      callsToday: z.int(),
      callsThisMonth: z.int(),
      dailyLimit: z.int().nullable(),
      monthlyCap: z.int().nullable(),
    }),
  })
  .openapi("Usage");

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

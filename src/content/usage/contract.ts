import { z } from "@hono/zod-openapi";
import { TimestampSchema } from "../../core/fields.ts";

const FigureSchema = z
  .object({
    used: z.int(),
    limit: z.int().nullable().register(z.globalRegistry, { description: "null: unlimited" }),
    remaining: z.int().nullable(),
  })
  .openapi("UsageFigure");

export const UsageSchema = z
  .object({
    period: z.string().meta({ example: "2026-11" }),
    resetAt: TimestampSchema,
    tier: z.string(),
    apiCalls: FigureSchema,
    mcpCalls: FigureSchema,
    aiTokens: FigureSchema,
    key: z.object({
      id: z.int(),
      name: z.string(),
      callsToday: z.int(),
      callsThisMonth: z.int(),
      dailyLimit: z.int().nullable(),
      monthlyCap: z.int().nullable(),
    }),
  })
  .openapi("Usage");

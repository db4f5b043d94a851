import { z } from "@hono/zod-openapi";
import { KEPT_FEATURES } from "../../core/limits/plans.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";
import { storedWithin, text } from "../../core/fields.ts";
import { InstantSchema } from "../replies.ts";

export const FeatureSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,63}$/, "must be a feature name such as posts")
  .meta({ example: "posts" });

export const CheckQuery = z.strictObject({
  feature: FeatureSchema,
  quantity: wholeQuery(0, 999_999_999)
    .default(1)
    .register(z.globalRegistry, { description: "How many more are wanted" }),
});

export const CheckSchema = z
  .object({
    allowed: z.boolean(),
    feature: z.string(),
    reason: z.literal("LIMIT_EXCEEDED").optional(),
    message: z.string().optional(),
    current_usage: z.int(),
    limit: z.int().nullable().register(z.globalRegistry, { description: "null: unlimited" }),
    available: z.int().nullable(),
    upgrade_url: z.string().optional(),
  })
  .openapi("EntitlementCheck");

export const RecordUsageSchema = z
  .strictObject({
    feature: FeatureSchema.meta({ example: "api_calls", not: { enum: [...KEPT_FEATURES] } }),
    quantity: z.int("must be a whole number").min(1, "must be at least 1").max(1_000_000_000).default(1),
    metadata: z
      .record(text(100), z.unknown())
      .refine(...storedWithin(20_000))
      .optional(),
  })
  .openapi("RecordUsage", {
    example: { feature: "api_calls", quantity: 1, metadata: { endpoint: "/api/v1/posts" } },
  });

export const RecordedSchema = z
  .object({
    recorded: z.boolean(),
    feature: z.string(),
    current_usage: z.int(),
    limit: z.int().nullable(),
  })
  .openapi("RecordedUsage");

export const EntitlementSchema = z
  .object({
    used: z.int(),
    limit: z.int().nullable(),
    available: z.int().nullable(),
    percentage: z.number(),
    reset_at: InstantSchema.optional(),
    unit: z.literal("bytes").optional(),
  })
  .openapi("Entitlement");

export const SummarySchema = z
  .object({ workspace_id: z.int(), tier: z.string(), entitlements: z.record(z.string(), EntitlementSchema) })
  .openapi("EntitlementSummary");

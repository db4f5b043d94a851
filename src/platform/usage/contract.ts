import { z } from "@hono/zod-openapi";
import { idQuery } from "../../core/http/query-fields.ts";

const DaySchema = z.iso.date("must be a date such as 2026-01-15");

export const UsageQuery = z
  .strictObject({
    from: DaySchema.optional().register(z.globalRegistry, {
      description: "First day, UTC; the first of this month when left out",
    }),
    to: DaySchema.optional().register(z.globalRegistry, { description: "Last day, UTC; today when left out" }),
    key_id: idQuery("must be the id of a key").optional().register(z.globalRegistry, { description: "One key only" }),
  })
  .openapi("UsageQuery");

export const UsageReportSchema = z
  .object({
    data: z.array(
      z.object({
        key_id: z.int(),
        key_name: z.string().meta({ example: "Production API Key", description: "Of revoked keys as well" }),
        day: z.string().meta({ example: "2026-01-15" }),
        calls: z.int(),
      }),
    ),
    meta: z.object({
      from: z.string(),
      to: z.string(),
      total_calls: z.int().meta({ description: "Of the days shown" }),
      next_from: z.string().nullable().register(z.globalRegistry, {
        description: "The first day that is not shown, where `from` of the next call begins; null when all are",
      }),
    }),
  })
  .openapi("UsageReport");

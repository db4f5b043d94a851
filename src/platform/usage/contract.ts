import { z } from "@hono/zod-openapi";

const DaySchema = z.iso.date("must be a date such as 2026-01-15");

export const UsageQuery = z
  .strictObject({
    from: DaySchema.optional().openapi({ description: "First day, UTC; the first of this month when left out" }),
    to: DaySchema.optional().openapi({ description: "Last day, UTC; today when left out" }),
    key_id: z
      .string()
      .regex(/^[1-9]\d{0,15}$/, "must be the id of a key")
      .transform(Number)
      .optional()
      .openapi({ type: "integer" }),
  })
  .openapi("UsageQuery");

export const UsageReportSchema = z
  .object({
    data: z.array(z.object({ key_id: z.int(), day: z.string().openapi({ example: "2026-01-15" }), calls: z.int() })),
    meta: z.object({ from: z.string(), to: z.string(), total_calls: z.int() }),
  })
  .openapi("UsageReport");

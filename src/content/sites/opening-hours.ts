import { z } from "@hono/zod-openapi";
import { WEEKDAYS } from "../../rendering/text/weekdays.ts";

const TimeSchema = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, "must be a time of day such as 09:00")
  .meta({ example: "09:00" });

/** Days of the week, and from when until when something is open on them. */
export const OpeningHoursSchema = z.strictObject({
  days: z
    .array(z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(", ")}`))
    .min(1, "must name at least one day")
    .max(7, "must have at most 7 days")
    .refine((days) => new Set(days).size === days.length, "names a day twice")
    .meta({ uniqueItems: true, description: "The days it opens at these times" }),
  opens: TimeSchema.meta({ description: "In the time of the place" }),
  closes: TimeSchema.meta({
    description: "On the next day where it is not later than `opens`: `00:00` is midnight",
  }),
});

import { z } from "@hono/zod-openapi";
import { OpeningHoursSchema } from "../../sites/opening-hours.ts";

/**
 * A week: the same form as the opening hours of a business. What overlaps or adjoins is one, and what closes when it opens
 * or earlier closes on the next day: `00:00` is midnight at the day's end.
 */
export const WeekSchema = z.array(OpeningHoursSchema).max(50, "must have at most 50 entries");

export type Week = z.output<typeof WeekSchema>;

/** From when until when something is open on a day, by its clock: `{ opens: "09:00", closes: "17:30" }`. */
export const TimesSchema = OpeningHoursSchema.omit({ days: true });

export type Times = z.output<typeof TimesSchema>;

import { z } from "@hono/zod-openapi";
import { wholeQuery } from "../../../core/http/query-fields.ts";
import { DateSchema, text } from "../../../core/fields.ts";

/** As many days as are answered at once. */
export const MAX_SPAN_DAYS = 62;

const asked = {
  serviceId: text(64, "is required").meta({ description: "The service an appointment would be for" }),
  staffId: text(64)
    .optional()
    .register(z.globalRegistry, { description: "With whom; with anybody who does the service when left out" }),
  people: wholeQuery(1, 10_000)
    .default(1)
    .register(z.globalRegistry, { description: "For how many people there has to be room" }),
};

export const SlotsQuery = z.strictObject({
  ...asked,
  date: DateSchema.meta({ description: "A day by the calendar of the website's time zone" }),
  branchId: text(64)
    .optional()
    .refine((it) => it === undefined, "is not a branch of this site: it has one place only")
    .meta({ description: "Websites have one place: any branch is unknown" }),
});

export const SlotDaysQuery = z
  .strictObject({
    ...asked,
    from: DateSchema.meta({ description: "The first of the days" }),
    to: DateSchema.meta({ description: `The last of the days, of which there are at most ${MAX_SPAN_DAYS}` }),
  })
  .superRefine(({ from, to }, issues) => {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (days < 1) issues.addIssue({ code: "custom", path: ["to"], message: "must not be before from" });
    if (days > MAX_SPAN_DAYS)
      issues.addIssue({ code: "custom", path: ["to"], message: `must be within ${MAX_SPAN_DAYS} days of from` });
  });

const moment = (example: string) => z.iso.datetime({ offset: true }).meta({ example });

export const SlotSchema = z
  .object({
    startTime: moment("2026-05-26T10:00:00+02:00").meta({ description: "When it begins, by the website's clock" }),
    endTime: moment("2026-05-26T11:00:00+02:00").meta({ description: "When it ends, by the website's clock" }),
    available: z.boolean().meta({ description: "Whether it can be booked: it has room for so many people" }),
    staffId: z.string().nullable().register(z.globalRegistry, {
      description: "With whom it would be; null with nobody in particular, and where none of several has room",
    }),
    capacity: z.int().meta({ example: 1, description: "How many people it has room for altogether" }),
    left: z.int().meta({ example: 1, description: "How many people it has room for still" }),
  })
  .openapi("BookingSlot");

export const SlotDaySchema = z
  .object({
    date: DateSchema,
    available: z.boolean().meta({ description: "Whether a slot of the day can be booked" }),
  })
  .openapi("BookingDay");

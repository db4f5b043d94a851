import { z } from "@hono/zod-openapi";
import { listSlots } from "../../content/booking/slots/show.ts";
import { DateSchema } from "../../core/fields.ts";
import { serviceId, siteId, staffId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getAvailableSlotsTool = defineTool({
  name: "get_available_slots",
  description:
    "List the times of a day at which a service can be booked, each with its end and whether it is still available, by the clock of the website.",
  scope: "booking:read",
  input: z.strictObject({
    siteId,
    serviceId,
    date: DateSchema.describe("The day, such as 2026-05-26, by the calendar of the website's time zone"),
    staffId: staffId.optional().describe("With whom, of the service's staffIds; with anybody when left out"),
    people: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .max(10_000, "must be at most 10000")
      .default(1)
      .describe("For how many people there has to be room"),
  }),
  handle: async ({ ctx, input }) => ({ slots: await listSlots({ ctx, input }) }),
});

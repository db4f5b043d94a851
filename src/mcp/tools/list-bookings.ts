import { z } from "@hono/zod-openapi";
import type { ListBookingsQuery } from "../../content/booking/bookings/contract.ts";
import { BOOKINGS } from "../../content/booking/bookings/resource.ts";
import { BOOKING_STATUSES } from "../../content/booking/bookings/table.ts";
import { DateSchema } from "../../core/fields.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const STATUSES = [...BOOKING_STATUSES, "all"] as const;

export const listBookingsTool = defineTool({
  name: "list_bookings",
  description:
    "List the bookings of a website, those of a day in the order in which they begin. Prices are in minor units.",
  scope: "booking:read",
  input: z.strictObject({
    siteId,
    ...paging,
    date: DateSchema.optional().describe("Only those of this day, such as 2026-05-26, by the calendar of the website"),
    status: z
      .enum(STATUSES, `must be one of ${STATUSES.join(", ")}`)
      .default("all")
      .describe("Only bookings in this state"),
    search: search.describe("Only bookings whose customer's name, e-mail or telephone contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, status, ...rest } = input;
    const direction = rest.date === undefined ? "desc" : "asc";
    const only = status === "all" ? undefined : status;
    const query = { ...rest, status: only, direction } as z.output<typeof ListBookingsQuery>;
    const { items, pagination } = await BOOKINGS.verbs.list({ ctx, input: { siteId: site, query } });
    return { bookings: items, pagination };
  },
});

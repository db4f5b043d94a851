import { siteResource } from "../../resource/resource.ts";
import { BOOKING } from "../booking.ts";
import { ExceptionBodies, ExceptionSchema, ListExceptionsQuery } from "./contract.ts";
import { checkException } from "./rules.ts";
import { exceptions } from "./table.ts";

/** Days that are not like others: holidays, and days with other hours. */
export const EXCEPTIONS = siteResource({
  ...BOOKING,
  name: "booking_exception",
  label: "BookingException",
  called: "Exception to the opening hours",
  words: { one: "exception to the opening hours", many: "exceptions to the opening hours" },
  article: "an",
  path: "/booking/exceptions",
  idPrefix: "bex",
  table: exceptions,
  schema: ExceptionSchema,
  list: {
    query: ListExceptionsQuery,
    orders: { createdAt: exceptions.createdAt, startDate: exceptions.startDate },
    filters: { staffId: exceptions.staffId },
  },
  create: {
    schema: ExceptionBodies.create,
    description:
      "Of several that name a day, the one of fewer days counts, and of those the newest. Appointments that are booked stay.",
    columns: ({ body }) => {
      const filled = ExceptionBodies.fill(body);
      return { ...filled, endDate: filled.endDate ?? filled.startDate };
    },
    // Far from any day that something is booked on.
    example: () => ({ startDate: "2036-12-24", endDate: "2036-12-26" }),
  },
  update: { schema: ExceptionBodies.update, columns: ({ changes }) => changes },
  check: ({ ctx, row }) => checkException(ctx, row),
  remove: {},
  archived: { folder: "booking-exceptions" },
});

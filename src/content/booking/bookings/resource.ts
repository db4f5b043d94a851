import { z } from "@hono/zod-openapi";
import { now } from "../../../core/clock.ts";
import { sampleId } from "../../../core/events/sample.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { BOOKING } from "../booking.ts";
import { changedBooking } from "./change.ts";
import { BookingBodies, BookingSchema, ListBookingsQuery } from "./contract.ts";
import { followBooking, followNew } from "./follow.ts";
import { newBooking } from "./new.ts";
import { rangeOf } from "./range.ts";
import { requireOrder } from "./rules.ts";
import { bookingNow } from "./status.ts";
import { BOOKING_STATUSES, bookings, type BookingCustomer } from "./table.ts";

const SAMPLE = {
  status: "pending" as const,
  serviceId: sampleId("svc"),
  staffId: null,
  date: "2026-01-20",
  startTime: "2026-01-20T09:30:00+01:00",
  endTime: "2026-01-20T10:30:00+01:00",
  customer: { name: "Ada Baker", email: "ada@example.com", phone: null },
  people: 1,
  note: null,
  price: 6_500,
  currency: "EUR" as const,
  holdUntil: null,
  confirmedAt: null,
  completedAt: null,
  cancelledAt: null,
  reason: null,
  reschedules: 0,
  source: "visitor",
  locale: null,
};

const CONFIRMED = { status: "confirmed" as const, confirmedAt: "2026-01-15T10:30:00.000Z", version: 2 };
const COMPLETED = {
  ...CONFIRMED,
  status: "completed" as const,
  completedAt: "2026-01-20T09:35:00.000Z",
  version: 3,
};
const CANCELLED = {
  status: "cancelled" as const,
  cancelledAt: "2026-01-15T10:30:00.000Z",
  reason: "Ill",
  version: 2,
};
const RESCHEDULED = {
  date: "2026-01-21",
  startTime: "2026-01-21T09:30:00+01:00",
  endTime: "2026-01-21T10:30:00+01:00",
  reschedules: 1,
  version: 2,
};

/** Milliseconds since the epoch. */
const MomentNumberSchema = z.int();

const namesOf = ({ name, email, phone }: BookingCustomer): string => [name, email, phone ?? ""].join("\n");

/** Hours of the days that examples are in. */
const DAYS = 50;
const HOURS = 23;

/** A time that is still to come, whenever it is asked for, and another one each time for a long while. */
function someTime(nth: number): { date: string; startTime: string } {
  const date = new Date(now() + (2 + (nth % DAYS)) * 86_400_000).toISOString().slice(0, 10);
  return { date, startTime: `${String(Math.floor(nth / DAYS) % HOURS).padStart(2, "0")}:00` };
}

/** Bookings are cancelled, not deleted: somebody relies on what became of them. */
export const BOOKINGS = siteResource({
  ...BOOKING,
  name: "booking",
  label: "Booking",
  path: "/booking/bookings",
  idPrefix: "bkg",
  table: bookings,
  schema: BookingSchema,
  personal: ["customer", "note"],
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: CONFIRMED },
    turns: {
      confirmed: { sample: CONFIRMED, isNow: ({ confirmedAt }) => confirmedAt !== null },
      rescheduled: { sample: RESCHEDULED, isNow: ({ reschedules }) => reschedules },
      cancelled: { sample: CANCELLED, isNow: ({ status }) => status === "cancelled" },
      completed: { sample: COMPLETED, isNow: ({ status }) => status === "completed" },
      no_show: { sample: { ...CONFIRMED, status: "no_show", version: 3 }, isNow: ({ status }) => status === "no_show" },
    },
  },
  list: {
    query: ListBookingsQuery,
    orders: { createdAt: bookings.createdAt, updatedAt: bookings.updatedAt, startAt: bookings.startAt },
    state: byStatus(bookings.status, BOOKING_STATUSES),
    narrowed: ({ site, query }) => rangeOf(site, query),
    search: [{ column: bookings.customer, read: namesOf }],
  },
  create: {
    schema: BookingBodies.create,
    description:
      "A slot of the service as `GET …/booking/slots` shows it. Of all who want the last place at the same moment one has it; the others get 409 with the reason `slot_taken`. Where nobody is named, it is done by who is free and has the least to do that day.",
    errors: ["conflict"],
    columns: async ({ ctx, site, id, body }) => {
      const columns = await newBooking(ctx, { site, id, body, source: "api" });
      await followNew(ctx, site, { ...columns, id });
      return columns;
    },
    example: ({ serviceId }, nth) => ({ serviceId, ...someTime(nth) }),
  },
  update: {
    schema: BookingBodies.update,
    description:
      "A booking goes from pending to confirmed, and from there to completed or no_show once its time has come; both can be cancelled before. `date`, `startTime` and `staffId` move it, under the same rules as a new one: its old slot is free in the same moment. A hold that has run out cannot be confirmed any more: it is expired.",
    errors: ["conflict"],
    columns: ({ ctx, before, changes }) => changedBooking(ctx, before, changes),
  },
  current: async ({ ctx, rows }) => rows.map((row) => bookingNow(row, ctx.now)),
  check: ({ row }) => requireOrder(row),
  follow: ({ ctx, before, row }) => followBooking(ctx, { before, row }),
  archived: {
    also: {
      ...{ startAt: MomentNumberSchema, endAt: MomentNumberSchema },
      ...{ busyFrom: MomentNumberSchema, busyUntil: MomentNumberSchema },
    },
  },
});

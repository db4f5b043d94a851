import { z } from "@hono/zod-openapi";
import { BookingBodies } from "../bookings/contract.ts";

const { serviceId, date, startTime, staffId, customer, people, note, locale } = BookingBodies.create.shape;

/** What a visitor says of a booking. */
export const VisitorBookingSchema = z
  .strictObject({ serviceId, date, startTime, staffId, customer, people, note, locale })
  .openapi("VisitorBooking", {
    example: {
      serviceId: "svc_01KAGW6PSZ0000000000000000",
      startTime: "2026-05-26T09:30:00+02:00",
      customer: { name: "Ada Baker", email: "ada@example.com" },
    },
  });

export type VisitorBooking = z.output<typeof VisitorBookingSchema>;

/** Where a visitor moves a booking to. */
export const VisitorRescheduleSchema = z
  .strictObject({ date, startTime, staffId })
  .openapi("VisitorReschedule", { example: { startTime: "2026-05-27T09:30:00+02:00" } });

export type VisitorReschedule = z.output<typeof VisitorRescheduleSchema>;

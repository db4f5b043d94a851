import { z } from "@hono/zod-openapi";
import { BookingCustomerSchema, BookingSchema } from "../bookings/contract.ts";
import { ServiceSchema } from "../services/contract.ts";

const { id, name, description, image, durationMinutes, capacity, price, currency, noticeMinutes, horizonDays } =
  ServiceSchema.shape;

/** A service as visitors see it. */
export const ShownServiceSchema = z
  .object({
    ...{ id, name, description, image, durationMinutes, capacity, price, currency, noticeMinutes, horizonDays },
    staff: z
      .array(z.object({ id: z.string(), name: z.string() }).openapi("ShownStaff"))
      .meta({ description: "Who does it and can be booked; empty where nobody in particular does" }),
  })
  .openapi("ShownService");

const { id: bookingId, status, serviceId, staffId, date, startTime, endTime, people, note } = BookingSchema.shape;
const { price: paid, currency: paidIn, holdUntil, createdAt } = BookingSchema.shape;

/** A booking as its customer sees it. */
export const CustomerBookingSchema = z
  .object({
    ...{ id: bookingId, status, serviceId, staffId, date, startTime, endTime, people, note },
    ...{ price: paid, currency: paidIn, holdUntil, createdAt },
    service: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "What the service is called; null once it is deleted" }),
    timeZone: z.string().meta({ example: "Europe/Amsterdam", description: "The clock of its times, an IANA name" }),
    customer: BookingCustomerSchema,
    url: z.string().meta({ description: "Its page on the website, for whoever has the link" }),
    token: z.string().meta({ description: "Opens it without an API key; part of `url`" }),
    awaitsConfirmation: z.boolean().meta({
      description: "Whether it waits until its customer confirms it by the link in a mail",
    }),
    canCancel: z.boolean().meta({ description: "Whether its customer can still cancel it" }),
    canReschedule: z.boolean().meta({ description: "Whether its customer can still move it" }),
  })
  .openapi("CustomerBooking");

export type CustomerBooking = z.input<typeof CustomerBookingSchema>;

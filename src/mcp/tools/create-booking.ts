import { z } from "@hono/zod-openapi";
import { BookingBodies } from "../../content/booking/bookings/contract.ts";
import { BOOKINGS } from "../../content/booking/bookings/resource.ts";
import { described } from "../described.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const fields = described(BookingBodies.create.shape, {
  serviceId: "Id of the service, as list_booking_services gives it",
  date: "The day, such as 2026-05-26, by the calendar of the website; not needed beside a slot's startTime",
  startTime: "The startTime of a slot that get_available_slots has given, or a time of the date such as 09:30",
  staffId: "Who is to do it, of the service's staffIds; null: whoever is free",
  customer: "Who comes: name, email and, if known, phone",
  people: "How many come",
  note: "What the customer has said besides; null: nothing",
  status: "pending or confirmed; what the website's settings say when left out",
  holdUntil: "Until when a pending booking keeps its slot, as an ISO 8601 date and time; null: as long as it takes",
  locale: "The language the customer is written to in; null: the website's own",
});

export const createBookingTool = defineTool({
  name: "create_booking",
  description: "Book a slot of a service for a customer. Fails if somebody else has taken it meanwhile.",
  scope: "booking:write",
  input: z.strictObject({ siteId, ...fields }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return BOOKINGS.verbs.create({ ctx, input: { siteId: site, body } });
  },
});

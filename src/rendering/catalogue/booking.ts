import type { Declared } from "./declared.ts";
import { number, text } from "./properties.ts";
import { HEADING } from "./shared.ts";

const LEAD = { text: text("What stands below the heading", { also: ["body", "description"] }) };

/** What visitors book themselves. */
export const BOOKING_BLOCKS: Readonly<Record<string, Declared>> = {
  BookingWidget: {
    label: "Bookings",
    category: "booking",
    description:
      "Services that visitors can book, or the next free times of one of them, as they are when the page is read",
    properties: {
      ...HEADING,
      ...LEAD,
      service: text("The id of a service; all services where it is left out", { also: ["serviceId"] }),
      limit: number("How many services there are at most, from 1 to 24; 12 where it is left out"),
    },
    example: {
      heading: "Book an hour at the oven",
      text: "Bring an apron.",
      service: "svc_01KAGW6PSZ0000000000000000",
      limit: 6,
    },
  },
  ReservationWidget: {
    label: "Reservations",
    category: "booking",
    description: "The way to a table: a day and how many come, which leads to the times at which one is free",
    properties: {
      ...HEADING,
      ...LEAD,
      partySize: number("How many come, before anybody has said; 2 where it is left out"),
    },
    example: { heading: "A table for breakfast", text: "We keep it for a quarter of an hour.", partySize: 4 },
  },
};

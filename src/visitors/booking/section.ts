import type { Section } from "../live/page.ts";
import { bookingPage, moveBookingPage } from "./booking.ts";
import { calendarPage } from "./calendar.ts";
import { BOOK_ROOT } from "./root.ts";
import { servicePage } from "./service-page.ts";
import { servicesPage } from "./services.ts";

/** Appointments of a website. */
export const BOOK_SECTION: Section = {
  ...BOOK_ROOT,
  pages: {
    "": servicesPage,
    "*": servicePage,
    "bookings/*": bookingPage,
    "bookings/*/move": moveBookingPage,
    "bookings/*/booking.ics": calendarPage,
  },
};

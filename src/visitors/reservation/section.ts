import type { Section } from "../live/page.ts";
import { reservePage } from "./page.ts";
import { moveReservationPage, reservationPage } from "./reservation.ts";
import { RESERVE_ROOT } from "./root.ts";

/** Tables of a website. */
export const RESERVE_SECTION: Section = {
  ...RESERVE_ROOT,
  pages: { "": reservePage, "reservations/*": reservationPage, "reservations/*/move": moveReservationPage },
};

import type { LiveQuery } from "../live-marker.ts";

/** What can be booked, as a block of a page shows it: looked up when it is read. */
export interface BookingQuery extends LiveQuery {
  by: "booking";
  /** The id of the service whose free times are shown; empty for the list of all services. */
  service: string;
  /** How many services there are at most. */
  limit: number;
  level: "h2" | "h3";
}

/** The way to a table, in the same manner. */
export interface ReservationQuery extends LiveQuery {
  by: "reservation";
  /** How many come, before anybody has said. */
  people: number;
  level: "h2" | "h3";
}

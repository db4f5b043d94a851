import type { BookingRow } from "../bookings/table.ts";

/** One appointment of a calendar. */
export interface Entry
  extends Pick<BookingRow, "id" | "version" | "status" | "startAt" | "endAt" | "createdAt" | "updatedAt"> {
  summary: string;
  description: string | null;
  location: string | null;
  url: string | null;
}

/** What becomes of a calendar: one is shown as it is, the other takes away what is in it (RFC 5546). */
export type Method = "PUBLISH" | "CANCEL";

export const CALENDAR_TYPE = "text/calendar";

const statusOf = ({ status }: Entry) => {
  if (status === "pending") return "TENTATIVE";
  return status === "cancelled" || status === "expired" ? "CANCELLED" : "CONFIRMED";
};

/** TEXT of RFC 5545 §3.3.11: the library writes the texts of events so, and the calendar's name as it is given. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/**
 * Appointments as an iCalendar file (RFC 5545), with moments in UTC. An appointment has the same UID for good and a higher
 * SEQUENCE after every change, so that who has it in a calendar already sees it move, or go.
 */
export async function calendarOf(entries: readonly Entry[], { name, method }: { name: string; method: Method }) {
  // Loaded by the few calls that need it: a start-up does not.
  const { default: ical } = await import("ical-generator");
  const calendar = ical({
    name: escaped(name),
    prodId: { company: "Edge CMS", product: "Bookings" },
    method: method as never,
  });
  for (const entry of entries) {
    const { id, version, startAt, endAt, createdAt, updatedAt, summary, description, location, url } = entry;
    calendar.createEvent({
      ...{ id, sequence: version - 1, summary, description, location, url },
      ...{ start: new Date(startAt), end: new Date(endAt) },
      ...{ stamp: new Date(updatedAt), created: new Date(createdAt), lastModified: new Date(updatedAt) },
      status: statusOf(entry) as never,
    });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}

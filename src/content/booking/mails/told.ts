import type { BookingRow } from "../bookings/table.ts";
import type { MailWords } from "./words.ts";

/** What a customer is told of. */
export type Told = Extract<keyof MailWords, "received" | "toConfirm" | "confirmed" | "rescheduled" | "cancelled">;

/** What there is to tell of a new booking; `null` for one that the caller holds, for reasons of their own. */
export function toldOfNew({ status, holdUntil, source }: BookingRow): Told | null {
  if (status === "confirmed") return "confirmed";
  if (holdUntil === null) return "received";
  return source === "visitor" ? "toConfirm" : null;
}

/** What there is to tell of a change; `null` for one that changes nothing for whoever comes. */
export function toldOfChange(before: BookingRow, row: BookingRow): Told | null {
  if (row.status === "cancelled") return before.status === "cancelled" ? null : "cancelled";
  if (row.status === "confirmed" && before.status !== "confirmed") return "confirmed";
  if (row.reschedules !== before.reschedules) return "rescheduled";
  // It no longer waits for its customer, but for the owner.
  const isReceived = row.status === "pending" && before.holdUntil !== null && row.holdUntil === null;
  return isReceived ? "received" : null;
}

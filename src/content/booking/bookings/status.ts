import { conflict, type DomainError } from "../../../core/errors.ts";
import type { BookingRow, BookingStatus } from "./table.ts";

/** Where a booking can go from where it is. That a hold runs out is nobody's wish: time alone makes it `expired`. */
const NEXT: Record<BookingStatus, readonly BookingStatus[]> = {
  pending: ["confirmed", "cancelled"],
  confirmed: ["completed", "no_show", "cancelled"],
  completed: [],
  cancelled: [],
  no_show: [],
  expired: [],
};

/** What can only be said of an appointment that has begun. */
const AFTER_START: readonly BookingStatus[] = ["completed", "no_show"];

/** Why nothing of a booking changes any more, and what there is to do. */
export const finalAs = (status: BookingStatus): string => {
  if (status === "expired") return "The hold has run out; make a new booking.";
  return status === "cancelled"
    ? "The booking is cancelled; make a new one."
    : "The booking is over and stays as it is.";
};

/** What is wrong with a step, or `null`. Staying where it is, is no step. */
export function stepProblem(
  { status: from, startAt }: Pick<BookingRow, "status" | "startAt">,
  to: BookingStatus,
  now: number,
): DomainError | null {
  const next = NEXT[from];
  if (from === to) return null;
  if (next.length === 0) return conflict("status", finalAs(from));
  if (!next.includes(to)) {
    return conflict("status", `A booking that is ${from} can become ${next.join(" or ")}, not ${to}.`);
  }
  if (AFTER_START.includes(to) && startAt > now) {
    return conflict("status", `A booking becomes ${to} once its time has come.`);
  }
  return null;
}

/** Whether it is still to come of it: its time, its people and its hold can change. */
export const isOpen = ({ status }: Pick<BookingRow, "status">): boolean => NEXT[status].length > 0;

/** Whether a hold has run out, noticed or not. */
export const isRunOut = ({ status, holdUntil }: Pick<BookingRow, "status" | "holdUntil">, now: number): boolean =>
  status === "pending" && holdUntil !== null && holdUntil <= now;

/** A booking as it is at a moment: one whose hold has run out is expired, before anybody has written it down. */
export const bookingNow = <Row extends Pick<BookingRow, "status" | "holdUntil">>(row: Row, now: number): Row =>
  isRunOut(row, now) ? { ...row, status: "expired", holdUntil: null } : row;

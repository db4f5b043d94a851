import { conflict } from "../../../core/errors.ts";
import type { ReservationRow, ReservationStatus } from "./table.ts";

/** Where a reservation can go from where it is. Guests who come late can still be seated, if their table is free. */
const NEXT: Record<ReservationStatus, readonly ReservationStatus[]> = {
  pending: ["confirmed", "seated", "cancelled"],
  confirmed: ["seated", "completed", "cancelled", "no_show"],
  seated: ["completed"],
  no_show: ["seated"],
  completed: [],
  cancelled: [],
};

/** Throws 409 for a step that cannot be. Staying where it is, is no step. */
export function requireStep(from: ReservationStatus, to: ReservationStatus): void {
  const next = NEXT[from];
  if (from === to || next.includes(to)) return;
  const options = next.length > 0 ? `can become ${next.join(" or ")}` : "is final";
  throw conflict("status", `A reservation that is ${from} ${options}, not ${to}.`);
}

/** Whether a reservation in this state has a table. */
export const hasTable = (status: ReservationStatus): boolean =>
  status === "pending" || status === "confirmed" || status === "seated";

/** What becomes of a reservation when nobody has come, or nobody has confirmed it, by the time it was held until. */
export const lapsedAs = ({ status }: Pick<ReservationRow, "status">): ReservationStatus =>
  status === "pending" ? "cancelled" : "no_show";

/**
 * A reservation as it is at this moment. One whose time is up keeps its `heldUntil` until that is stored: by this it is told
 * that nobody has heard of it yet.
 */
export function asOf(row: ReservationRow, now: number): ReservationRow {
  if (row.heldUntil === null || row.heldUntil > now || !hasTable(row.status)) return row;
  return { ...row, status: lapsedAs(row), busyUntil: null };
}

/** Whether a reservation is in a state for good, and stored so. */
export const isNow =
  (status: ReservationStatus) =>
  (row: Pick<ReservationRow, "status" | "heldUntil">): boolean =>
    row.status === status && (hasTable(status) || row.heldUntil === null);

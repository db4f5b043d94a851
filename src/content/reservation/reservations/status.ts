import { conflict } from "../../../core/errors.ts";
import type { Zoned } from "../../../core/zoned.ts";
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
  if (next.length === 0) throw conflict("status", `The reservation is ${from} for good; make a new one.`);
  throw conflict("status", `A reservation that is ${from} can become ${next.join(" or ")}, not ${to}.`);
}

/** What can only be said of a party whose time has come. */
const AFTER_START: readonly ReservationStatus[] = ["completed", "no_show"];

/**
 * Throws 409 for a step before its time. A party that comes early is seated on its day, by the website's clock, and has come
 * or not come once its time is there.
 */
export function requireInTime(
  to: ReservationStatus,
  startAt: number,
  { clock, zone, now }: { clock: Zoned; zone: string; now: number },
): void {
  if (AFTER_START.includes(to) && startAt > now) {
    throw conflict("status", `A reservation becomes ${to} once its time has come.`);
  }
  const dayOf = (at: number): string => clock.localOf(zone, at).date;
  if (to === "seated" && dayOf(startAt) > dayOf(now)) {
    throw conflict("status", "A party is seated on the day of its reservation.");
  }
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

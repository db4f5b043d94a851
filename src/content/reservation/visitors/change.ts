import { conflict } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { changed, heldAs } from "../reservations/change.ts";
import { RESERVATIONS } from "../reservations/resource.ts";
import type { ReservationRow } from "../reservations/table.ts";
import { reservationSettingsOf } from "../settings/settings.ts";
import { type ReservationLink, reservationOfLink } from "./link.ts";

type Site = { settings: Record<string, unknown> };

const HOUR_MS = 3_600_000;

const isAhead = ({ status, startAt }: ReservationRow, hours: number, now: number): boolean =>
  (status === "pending" || status === "confirmed") && now <= startAt - hours * HOUR_MS;

/** Whether a reservation's customer can still cancel it. */
export const canCancel = (row: ReservationRow, site: Site, now: number): boolean =>
  isAhead(row, reservationSettingsOf(site).cancelUntilHours, now);

/** Whether a reservation's customer can still move it: as long as they can cancel it. */
export const canMove = canCancel;

/** Whether a customer who comes by a mail's link can confirm: by what was asked for then, whatever the settings say now. */
const canConfirm = ({ status, source, emailConfirmedAt }: ReservationRow): boolean =>
  status === "pending" && source === "visitor" && emailConfirmedAt === null;

/** Whether a reservation waits for its customer to confirm it by e-mail, rather than for its owner. */
export const awaitsConfirmation = (row: ReservationRow, site: Site): boolean =>
  canConfirm(row) &&
  ((row.heldUntil !== null && row.heldUntil < row.startAt) || reservationSettingsOf(site).confirmByEmail);

/**
 * Stages that a customer confirms: the reservation is confirmed then, or waits for the owner. Once it is, it stays as it is;
 * 409 when its time has run out.
 */
export async function confirmReservationByLink(ctx: Ctx, link: ReservationLink): Promise<ReservationRow> {
  const row = await reservationOfLink(ctx, link);
  if (row.emailConfirmedAt !== null || row.status === "confirmed" || row.status === "seated") return row;
  const site = await findSite(ctx, link.siteId);
  if (!canConfirm(row)) throw conflict("status", `A reservation that is ${row.status} is not confirmed any more.`);
  const settings = reservationSettingsOf(site);
  const status = settings.autoConfirm ? "confirmed" : "pending";
  const heldUntil = heldAs(status, row.startAt, settings, ctx.now);
  return RESERVATIONS.verbs.change(ctx, row, { status, heldUntil, emailConfirmedAt: ctx.now });
}

/** Stages that a customer cancels. Cancelled already, it stays as it is; 409 when it is too late. */
export async function cancelReservationByLink(ctx: Ctx, link: ReservationLink): Promise<ReservationRow> {
  const row = await reservationOfLink(ctx, link);
  if (row.status === "cancelled") return row;
  if (!canCancel(row, await findSite(ctx, link.siteId), ctx.now)) {
    throw conflict("status", "It is too late for its customer to cancel this reservation.");
  }
  return RESERVATIONS.verbs.change(ctx, row, await changed(ctx, row, { status: "cancelled" }));
}

/** Where a customer moves a reservation to: another time, or for another number of people. */
export type CustomerMove = Partial<Record<"date" | "time", string>> & { partySize?: number };

/** Stages that a customer moves a reservation, at whichever table is free then. 409 when it is too late, and where none is. */
export async function moveReservationByLink(
  ctx: Ctx,
  { to, ...link }: ReservationLink & { to: CustomerMove },
): Promise<ReservationRow> {
  const row = await reservationOfLink(ctx, link);
  if (!canMove(row, await findSite(ctx, link.siteId), ctx.now)) {
    throw conflict("time", "It is too late for its customer to move this reservation.");
  }
  const moved = given(to);
  return RESERVATIONS.verbs.change(ctx, row, await changed(ctx, row, moved));
}

/** What is said of it: a field without a value is none. */
const given = (to: CustomerMove): CustomerMove =>
  Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined));

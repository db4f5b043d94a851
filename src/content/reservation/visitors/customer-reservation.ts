import type { Ctx } from "../../../core/work/context.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import { type Home, linkedPageOf } from "../../live/home.ts";
import { findSite } from "../../sites/service.ts";
import type { ReservationRow } from "../reservations/table.ts";
import { canCancel, awaitsConfirmation, canMove } from "./change.ts";
import type { CustomerReservation } from "./customer-contract.ts";
import { reservationToken } from "./link.ts";

/** A reservation as its customer sees it: its times by the website's clock of now, and what can be done with it. */
export async function customerReservation(ctx: Ctx, row: ReservationRow, home: Home): Promise<CustomerReservation> {
  const { siteId, id, status, partySize, note, customer, locale, startAt, endAt, heldUntil, createdAt } = row;
  const [site, clock, token] = await Promise.all([findSite(ctx, siteId), zoned(), reservationToken(ctx.env, row)]);
  const timeZone = zoneOf(site.settings);
  const { date, time } = clock.localOf(timeZone, startAt);
  return {
    ...{ id, status, date, time, partySize, note, customer, timeZone, token },
    startTime: clock.isoOf(timeZone, startAt),
    endTime: clock.isoOf(timeZone, endAt),
    heldUntil: heldUntil === null ? null : new Date(heldUntil).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    url: linkedPageOf(home, `reserve/reservations/${id}`, { locale, token }),
    awaitsConfirmation: awaitsConfirmation(row, site),
    canCancel: canCancel(row, site, ctx.now),
    canReschedule: canMove(row, site, ctx.now),
  };
}

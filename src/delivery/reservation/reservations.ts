import type { TableOnDay } from "../../content/reservation/free/contract.ts";
import { tablesOn } from "../../content/reservation/free/day.ts";
import type { ReservationRow } from "../../content/reservation/reservations/table.ts";
import {
  type CustomerMove,
  cancelReservationByLink,
  confirmReservationByLink,
  moveReservationByLink,
} from "../../content/reservation/visitors/change.ts";
import type { VisitorReservation } from "../../content/reservation/visitors/contract.ts";
import type { CustomerReservation, VisitorMove } from "../../content/reservation/visitors/customer-contract.ts";
import { customerReservation } from "../../content/reservation/visitors/customer-reservation.ts";
import { type ReservationLink, reservationOfLink, siteOfReservation } from "../../content/reservation/visitors/link.ts";
import { findReservedBy, reserveForVisitor } from "../../content/reservation/visitors/reserve.ts";
import { isMailed } from "../../content/live/mailed.ts";
import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import { notFound } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { behindLink, keyOfCall, type Linked, onceByKey } from "../live/linked.ts";
import { homeOf, visitedSite } from "../live/visited.ts";

interface Asked {
  date: string;
  partySize?: number | undefined;
  locationId?: string | undefined;
  branchId?: string | undefined;
}

/** The tables of a day with the times at which a party can have them. */
export async function tablesForVisitor(
  ctx: Ctx,
  { site: named, ...asked }: Asked & { site?: string | undefined },
): Promise<{ items: TableOnDay[] }> {
  const site = await visitedSite(ctx, named);
  return { items: await tablesOn(visitorContext(ctx, site), { siteId: site.siteId, ...asked }) };
}

/** Reserves in a visitor's name, or answers what a call with the same key has reserved. */
export async function reserveFor(
  ctx: Ctx,
  named: string | undefined,
  { key, body }: { key: string | null; body: VisitorReservation },
): Promise<CustomerReservation> {
  const formKey = keyOfCall(key);
  const site = await visitedSite(ctx, named);
  const visitor = visitorContext(ctx, site);
  const { siteId } = site;
  const { reservation } = await onceByKey(
    () => commitAs(visitorContext(ctx, site), (it) => reserveForVisitor(it, { siteId, formKey, body })),
    async () => (await findReservedBy(visitor, siteId, formKey)) !== null,
  );
  return customerReservation(visitor, reservation, homeOf(ctx, site));
}

async function withReservation(
  ctx: Ctx,
  { id, token }: Linked,
  act: (visitor: Ctx, link: ReservationLink) => Promise<ReservationRow>,
): Promise<CustomerReservation> {
  const found = { id, label: "Reservation", siteOf: siteOfReservation };
  const { visitor, site, result } = await behindLink(ctx, found, (it, at) => act(it, { siteId: at.siteId, id, token }));
  return customerReservation(visitor, result, homeOf(ctx, site));
}

/** The reservation of a signed link. */
export const reservationOfCustomer = (ctx: Ctx, linked: Linked) => withReservation(ctx, linked, reservationOfLink);

/** Cancels the reservation of a signed link. */
export const cancelReservation = (ctx: Ctx, linked: Linked) => withReservation(ctx, linked, cancelReservationByLink);

/** Moves the reservation of a signed link. */
export const rescheduleReservation = (ctx: Ctx, linked: Linked, to: VisitorMove) =>
  withReservation(ctx, linked, (visitor, link) => moveReservationByLink(visitor, { ...link, to: to as CustomerMove }));

/** Confirms the reservation of a link that came by mail. */
export const confirmReservation = (ctx: Ctx, { confirm, ...linked }: Linked & { confirm: string }) =>
  withReservation(ctx, linked, async (visitor, link) => {
    if (!(await isMailed(ctx.env, "reservation", link, confirm))) throw notFound("Reservation");
    return confirmReservationByLink(visitor, link);
  });

import { invalid } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OwnColumns } from "../../resource/columns.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { heldAs } from "./change.ts";
import { type Asked, placeParty } from "./place.ts";
import type { ReservationCustomer, ReservationStatus, reservations } from "./table.ts";

/** What is said of a new reservation. */
export interface New extends Asked {
  date: string;
  customer: ReservationCustomer;
  note: string | null;
}

/** The columns of a new reservation; a party that walks in is seated when its time has come. */
export async function newReservation(ctx: Ctx, site: SiteRow, asked: New): Promise<OwnColumns<typeof reservations>> {
  const { customer, note, partySize, walkIn } = asked;
  if (customer.email === null && !walkIn) throw invalid("customer.email", "is required, but of a walk-in");
  const { place, placed } = await placeParty(ctx, site, asked);
  const status = statusOf(asked, placed.startAt <= ctx.now, place.settings.autoConfirm);
  const heldUntil = heldAs(status, placed.startAt, place.settings, ctx.now);
  const made = { source: "api" as const, emailConfirmedAt: null, locale: null, formKey: null, askedHash: null };
  return { ...placed, ...made, status, heldUntil, partySize, customer, note, walkIn };
}

function statusOf({ walkIn }: New, hasBegun: boolean, autoConfirm: boolean): ReservationStatus {
  if (walkIn) return hasBegun ? "seated" : "confirmed";
  return autoConfirm ? "confirmed" : "pending";
}

/** Has the scheduler look when the time of a reservation is up. */
export function wakeWhenUp(ctx: Ctx, { heldUntil }: { heldUntil: number | null }): void {
  if (heldUntil !== null) wakeAt(ctx, heldUntil);
}

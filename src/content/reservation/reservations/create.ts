import { invalid } from "../../../core/errors.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OwnColumns } from "../../resource/columns.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { heldAs } from "./change.ts";
import { type Asked, placeParty } from "./place.ts";
import type { ReservationCustomer, ReservationStatus, reservations } from "./table.ts";

const MINUTE_MS = 60_000;

const momentIn = (minutes: number): string => new Date(minutes * MINUTE_MS).toISOString();

/** What is said of a new reservation; of a walk-in that comes now, how many they are. */
export interface New extends Omit<Asked, "date" | "time"> {
  date?: string;
  time?: string;
  customer?: ReservationCustomer;
  note: string | null;
}

const NOBODY: ReservationCustomer = { name: null, email: null, phone: null };

/** What was asked for, whole. Who walks in sits down now, to the minute; all others say when they come and who they are. */
async function wholeOf(ctx: Ctx, site: SiteRow, { date, time, customer = NOBODY, ...rest }: New) {
  if (!rest.walkIn) {
    if (date === undefined) throw invalid("date", "is required, except for a walk-in");
    if (time === undefined) throw invalid("time", "is required, except for a walk-in");
    if (customer.name === null) throw invalid("customer", "is required, except for a walk-in");
    if (customer.email === null) throw invalid("customer.email", "is required, except for a walk-in");
  }
  const now = (await zoned()).localOf(zoneOf(site.settings), ctx.now);
  if (time === undefined && date !== undefined && date !== now.date) {
    throw invalid("time", "is required of another day than today");
  }
  // The moment itself: the clock may show a time twice.
  if (time === undefined) return { ...rest, customer, date: null, time: momentIn(Math.floor(ctx.now / MINUTE_MS)) };
  return { ...rest, customer, date: date ?? (time.includes("T") ? null : now.date), time };
}

/** The columns of a new reservation; a party that walks in is seated when its time has come. */
export async function newReservation(ctx: Ctx, site: SiteRow, said: New): Promise<OwnColumns<typeof reservations>> {
  const asked = await wholeOf(ctx, site, said);
  const { customer, note, partySize, walkIn } = asked;
  const { place, placed } = await placeParty(ctx, site, asked);
  const status = statusOf(asked, placed.startAt <= ctx.now, place.settings.autoConfirm);
  const heldUntil = heldAs(status, placed.startAt, place.settings, ctx.now);
  const made = { source: "api" as const, emailConfirmedAt: null, locale: null, formKey: null, askedHash: null };
  return { ...placed, ...made, status, heldUntil, partySize, customer, note, reason: null, walkIn };
}

function statusOf({ walkIn }: Pick<New, "walkIn">, hasBegun: boolean, autoConfirm: boolean): ReservationStatus {
  if (walkIn) return hasBegun ? "seated" : "confirmed";
  return autoConfirm ? "confirmed" : "pending";
}

/** Has the scheduler look when the time of a reservation is up. */
export function wakeWhenUp(ctx: Ctx, { heldUntil }: { heldUntil: number | null }): void {
  if (heldUntil !== null) wakeAt(ctx, heldUntil);
}

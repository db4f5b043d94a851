import { DomainError, invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type Zoned, zoned } from "../../../core/zoned.ts";
import { busyBetween } from "../bookings/busy.ts";
import { bookableAt, busyOf, type Slot, slotsBy } from "./engine.ts";
import { type Asked, readPlan } from "./read-plan.ts";

/** What is asked of days: whose slots, and for how many people. */
interface Wanted extends Asked {
  people?: number | undefined;
  /** An appointment that is to be moved: it is not in its own way. */
  exceptBookingId?: string | undefined;
}

/** The same of one day or moment. */
type WantedOnce = Omit<Wanted, "from" | "to">;

/** Reads all that decides on the slots of some days, bookings among it. Days that cannot be booked have none, and are not read. */
async function slotsFrom(ctx: Ctx, clock: Zoned, wanted: Wanted) {
  const { siteId, serviceId, people = 1, exceptBookingId } = wanted;
  const plan = await readPlan(ctx, wanted);
  const bookable = bookableAt(clock, plan, ctx.now);
  const [, first] = [wanted.from, bookable.first].sort() as [string, string];
  const [last] = [wanted.to, bookable.last].sort() as [string, string];
  if (first > last || plan.who.length === 0) return { plan, slotsOf: (): Slot[] => [] };
  const from = busyOf(plan.service, clock.dayOf(plan.zone, first).from).busyFrom;
  const until = busyOf(plan.service, clock.dayOf(plan.zone, last).until).busyUntil;
  const staffIds = plan.who.flatMap(({ id }) => id ?? []);
  const except = exceptBookingId === undefined ? {} : { exceptBookingId };
  const busy = await busyBetween(ctx, { siteId, serviceId, staffIds, from, until, ...except });
  return { plan, slotsOf: slotsBy(clock, plan, { busy, now: ctx.now, people }) };
}

/** The slots of a service on a local day, and the zone it is a day of. */
export async function slotsOfDay(
  ctx: Ctx,
  { date, ...wanted }: WantedOnce & { date: string },
): Promise<{ zone: string; slots: Slot[] }> {
  const { plan, slotsOf } = await slotsFrom(ctx, await zoned(), { ...wanted, from: date, to: date });
  return { zone: plan.zone, slots: slotsOf(date) };
}

/**
 * The slots of a service on a day of the website's zone, `YYYY-MM-DD`: free ones and taken ones, in order. 400 for a service
 * that cannot be booked, and for staff that does not do it.
 */
export const slotsOn = async (ctx: Ctx, wanted: WantedOnce & { date: string }): Promise<Slot[]> =>
  (await slotsOfDay(ctx, wanted)).slots;

/** Which days of a span have a slot with room left. The span is the caller's to bound. */
export async function freeDays(ctx: Ctx, wanted: Wanted): Promise<{ date: string; available: boolean }[]> {
  const { from, to, people = 1 } = wanted;
  const clock = await zoned();
  const { slotsOf } = await slotsFrom(ctx, clock, wanted);
  const count = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const dates = Array.from({ length: count }, (_, nth) => clock.addDays(from, nth));
  return dates.map((date) => ({ date, available: slotsOf(date).some(({ left }) => left >= people) }));
}

/** 409 for a slot that somebody else has. */
export const slotTaken = (): DomainError =>
  new DomainError("conflict", "The slot is taken.", { reason: "slot_taken", fields: { startTime: ["is taken"] } });

/**
 * The slot of a service that begins at a moment, with room for `people` as of now, and what it keeps busy: 400 where there
 * is none, 409 `slot_taken` where it is taken. Whether it still is free when it is booked, the commit decides.
 */
export async function requireSlot(ctx: Ctx, { startAt, ...wanted }: WantedOnce & { startAt: number }) {
  const clock = await zoned();
  // The zone is not read yet: whatever it is, the slot is of one of these days.
  const { date } = clock.localOf("UTC", startAt);
  const span = { from: clock.addDays(date, -1), to: clock.addDays(date, 1) };
  const { plan, slotsOf } = await slotsFrom(ctx, clock, { ...wanted, ...span });
  const { service, zone } = plan;
  const { people = 1 } = wanted;
  if (people > service.capacity) throw invalid("people", `must be at most ${service.capacity}`);
  const slot = slotsOf(clock.localOf(zone, startAt).date).find((it) => it.startAt === startAt);
  if (!slot) {
    throw invalid("startTime", startAt <= ctx.now ? "is past" : "is not a time at which this service can be booked");
  }
  if (slot.left < people) throw slotTaken();
  return { ...busyOf(service, startAt), staffId: slot.staffId, service, zone };
}

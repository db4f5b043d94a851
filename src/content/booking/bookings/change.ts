import { conflict, invalid } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import type { BookingChanges } from "./contract.ts";
import { requireAhead } from "./hold.ts";
import { findService, takePlace } from "./place.ts";
import { requireRoom } from "./room.ts";
import { finalAs, isOpen, stepProblem } from "./status.ts";
import type { BookingRow, BookingStatus } from "./table.ts";
import { momentOf } from "./times.ts";

type Moving = Pick<BookingChanges, "date" | "startTime" | "staffId">;

/** What a step writes besides the status. Throws 409 for a step that cannot be. */
export function stepTo(ctx: Ctx, before: BookingRow, to: BookingStatus): Partial<BookingRow> {
  const problem = stepProblem(before, to, ctx.now);
  if (problem) throw problem;
  if (to === before.status) return {};
  const settled = { status: to, holdUntil: null };
  if (to === "confirmed") return { ...settled, confirmedAt: ctx.now };
  if (to === "completed") return { ...settled, completedAt: ctx.now };
  if (to === "cancelled") return { ...settled, cancelledAt: ctx.now };
  return settled;
}

/** Another time, or somebody else. Only a time that is given without its day is of the day it was; who is not named may change. */
export async function moveTo(
  ctx: Ctx,
  before: BookingRow,
  { date, startTime, staffId }: Moving,
  people = before.people,
): Promise<Partial<BookingRow>> {
  const site = await findSite(ctx, before.siteId);
  const isTime = startTime !== undefined && !startTime.includes("T");
  const asked = {
    date: date ?? (isTime ? before.date : undefined),
    startTime: startTime ?? (date === undefined ? before.startTime : before.startTime.slice(11, 16)),
  };
  const startAt = await momentOf(site, asked);
  const { serviceId, id } = before;
  const { placed } = await takePlace(ctx, site, {
    ...{ id, serviceId, startAt, people },
    staffId: staffId ?? null,
    preferred: before.staffId,
    movedBy: startTime !== undefined ? "startTime" : date !== undefined ? "date" : "staffId",
  });
  const isElsewhere = placed.startAt !== before.startAt || placed.staffId !== before.staffId;
  return { ...placed, reschedules: before.reschedules + Number(isElsewhere) };
}

/** Holds the commit to there still being room where the booking is. */
async function keepPlace(ctx: Ctx, before: BookingRow, people: number): Promise<void> {
  const service = await findService(ctx, before.siteId, before.serviceId);
  const capacity = service?.capacity ?? before.people;
  if (people > capacity) throw invalid("people", `must be at most ${capacity}`);
  requireRoom(ctx, { ...before, people }, capacity);
}

/** The columns that a change of a booking writes; `before` is the booking as of now (`bookingNow`). */
export async function changedBooking(
  ctx: Ctx,
  before: BookingRow,
  { status = before.status, reason, date, startTime, staffId, holdUntil, people, ...said }: BookingChanges,
): Promise<Partial<BookingRow>> {
  const step = stepTo(ctx, before, status);
  const isMoved = date !== undefined || startTime !== undefined || staffId !== undefined;
  const isChanged = isMoved || people !== undefined || holdUntil !== undefined;
  if (isChanged && !isOpen({ status })) {
    throw conflict(
      "status",
      isOpen(before) ? `A booking that becomes ${status} stays as it was booked.` : finalAs(status),
    );
  }
  if (reason !== undefined && status !== "cancelled") throw invalid("reason", "is for a booking that is cancelled");
  requireAhead(ctx, { status, holdUntil });
  if (typeof holdUntil === "number") wakeAt(ctx, holdUntil);
  const moved = isMoved ? await moveTo(ctx, before, { date, startTime, staffId }, people) : {};
  // A hold may have run out by the clock of who books at the same moment.
  const isAtRisk = before.holdUntil !== null && isOpen({ status });
  if (!isMoved && (isAtRisk || (people ?? 0) > before.people)) await keepPlace(ctx, before, people ?? before.people);
  return {
    ...said,
    ...step,
    ...moved,
    ...(reason !== undefined && { reason }),
    ...(holdUntil !== undefined && { holdUntil }),
    ...(people !== undefined && { people, ...priceFor(before, people) }),
  };
}

/** The same price for each of them. */
const priceFor = ({ price, people: before }: BookingRow, people: number): Pick<BookingRow, "price"> => ({
  price: price === null ? null : (price / before) * people,
});

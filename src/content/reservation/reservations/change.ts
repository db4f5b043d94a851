import { conflict, invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import { findSite } from "../../sites/service.ts";
import { noShowAt, reservationSettingsOf } from "../settings/settings.ts";
import { type Asked, placeParty } from "./place.ts";
import { hasTable, requireInTime, requireStep } from "./status.ts";
import type { ReservationRow, ReservationStatus } from "./table.ts";

/** What a caller wants to be otherwise. */
export type Changes = Partial<Asked & Pick<ReservationRow, "status" | "customer" | "note" | "reason">>;

const MOVES = ["date", "time", "partySize", "tableId", "walkIn"] as const;

const isOver = (status: ReservationStatus): Partial<ReservationRow> => ({ status, busyUntil: null, heldUntil: null });

/**
 * What a change makes of a reservation. A step that ends it frees its table; who moves gets the smallest table that fits,
 * and whoever sits already stays at theirs. Throws 409 for a step that cannot be, and where no table is free.
 */
export async function changed(ctx: Ctx, before: ReservationRow, changes: Changes): Promise<Partial<ReservationRow>> {
  const { status = before.status, ...rest } = changes;
  requireStep(before.status, status);
  const isMoved = MOVES.some((name) => rest[name] !== undefined && rest[name] !== before[name]);
  const { customer, note, reason, walkIn } = { ...before, ...rest };
  if (rest.reason !== undefined && status !== "cancelled") {
    throw invalid("reason", "is for a reservation that is cancelled");
  }
  if (customer.name === null && !walkIn) throw invalid("customer", "is required, except for a walk-in");
  const said = { customer, note, reason, walkIn };
  const site = await findSite(ctx, before.siteId);
  const at = { clock: await zoned(), zone: zoneOf(site.settings), now: ctx.now };
  if (!hasTable(status)) {
    if (isMoved) throw conflict("status", `A reservation that is ${status} is not moved.`);
    if (status !== before.status) requireInTime(status, before.startAt, at);
    return { ...said, ...isOver(status) };
  }
  const isSeated = status === "seated";
  const placed = isMoved || !hasTable(before.status) ? await moved(ctx, before, changes, isSeated) : {};
  const startAt = placed.startAt ?? before.startAt;
  if (status !== before.status || startAt !== before.startAt) requireInTime(status, startAt, at);
  const isSame = status === before.status && startAt === before.startAt;
  const held = isSame ? before.heldUntil : heldAs(status, startAt, reservationSettingsOf(site), ctx.now);
  // A move gives nobody longer to confirm.
  const isWaiting = status === "pending" && before.heldUntil !== null && before.heldUntil < before.startAt;
  const heldUntil = isWaiting ? Math.min(startAt, before.heldUntil as number) : held;
  return { ...said, partySize: rest.partySize ?? before.partySize, status, ...placed, heldUntil };
}

/** Until when a table waits for its party: one that is pending until it should come, one that is there for good. */
export const heldAs = (
  status: ReservationStatus,
  startAt: number,
  settings: Parameters<typeof noShowAt>[0],
  now: number,
): number | null => {
  if (status === "pending") return startAt;
  return status === "confirmed" ? noShowAt(settings, startAt, now) : null;
};

async function moved(
  ctx: Ctx,
  before: ReservationRow,
  changes: Changes,
  isSeated: boolean,
): Promise<Partial<ReservationRow>> {
  const { partySize = before.partySize, walkIn = before.walkIn } = changes;
  // A website can have got another clock meanwhile: what is not moved stays at its moment.
  const isSameTime = changes.date === undefined && changes.time === undefined;
  const date = isSameTime ? null : (changes.date ?? before.date);
  const tableId = changes.tableId !== undefined ? changes.tableId : isSeated ? before.tableId : null;
  // Whoever sits is there, whatever is kept for whom.
  const asked = { date, partySize, tableId, walkIn: walkIn || isSeated };
  const time = isSameTime ? new Date(before.startAt).toISOString() : (changes.time ?? before.time);
  const { placed } = await placeParty(ctx, await findSite(ctx, before.siteId), { ...asked, time }, before);
  return placed;
}

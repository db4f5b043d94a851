import { and, eq, gte, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import type { ServiceRow } from "../services/table.ts";
import { busyOf } from "../slots/engine.ts";
import { requireSlot } from "../slots/slots.ts";
import { busyBetween, leftFor } from "./busy.ts";
import type { Asked } from "./asked.ts";
import { bookings } from "./table.ts";

type Site = { id: string; settings: Record<string, unknown> };

/** How much everybody has to do on the local day of a moment, in appointments. */
async function loadsOn(ctx: Ctx, site: Site, at: number): Promise<Map<string, number>> {
  const clock = await zoned();
  const zone = zoneOf(site.settings);
  const { from, until } = clock.dayOf(zone, clock.localOf(zone, at).date);
  const { startAt, staffId, status } = bookings;
  const isThatDay = and(
    eq(bookings.siteId, site.id),
    gte(startAt, from),
    lt(startAt, until),
    isNotNull(staffId),
    inArray(status, ["pending", "confirmed", "completed"]),
  );
  const rows = await ctx.db
    .select({ staffId, count: sql<number>`count(*)` })
    .from(bookings)
    .where(scoped(ctx, bookings, isThatDay))
    .groupBy(staffId);
  return new Map(rows.map((row) => [row.staffId as string, row.count]));
}

/** Whether somebody can be had: not on a day off, not elsewhere. */
async function isThere(ctx: Ctx, wanted: Parameters<typeof requireSlot>[1]): Promise<boolean> {
  try {
    await requireSlot(ctx, wanted);
    return true;
  } catch (error) {
    if (error instanceof DomainError && (error.code === "conflict" || error.code === "validation_failed")) return false;
    throw error;
  }
}

/**
 * Who does an appointment that is not asked of anybody in particular: of those who are free, `preferred` before others, then
 * who has the least to do that day, then who the service names first. `null` where nobody is: the slot itself says why.
 */
export async function freeStaff(ctx: Ctx, site: Site, service: ServiceRow, asked: Asked): Promise<string | null> {
  const { id, startAt, people, preferred = null, movedBy = null } = asked;
  const { id: serviceId, capacity } = service;
  const staffIds = service.staffIds ?? [];
  const { busyFrom, busyUntil } = busyOf(service, startAt);
  const siteId = site.id;
  const between = { siteId, serviceId, staffIds, from: busyFrom, until: busyUntil, exceptBookingId: id };
  const busy = await busyBetween(ctx, between);
  const hasRoom = (staffId: string) =>
    leftFor(busy, { serviceId, staffId, startAt, busyFrom, busyUntil }, capacity) >= people;
  const free = staffIds.filter(hasRoom);
  if (free.length === 0) return null;
  const loads = await loadsOn(ctx, site, startAt);
  const rank = (staffId: string): number => (staffId === preferred ? -1 : (loads.get(staffId) ?? 0));
  for (const staffId of free.sort((a, b) => rank(a) - rank(b))) {
    const evenInactive = movedBy !== null;
    if (await isThere(ctx, { siteId, serviceId, startAt, staffId, exceptBookingId: id, evenInactive })) return staffId;
  }
  return null;
}

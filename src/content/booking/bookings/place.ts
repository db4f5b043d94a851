import { and, eq, sql } from "drizzle-orm";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type ServiceRow, services } from "../services/table.ts";
import { requireSlot, slotTaken } from "../slots/slots.ts";
import type { Asked } from "./asked.ts";
import { freeStaff } from "./assign.ts";
import { requireRoom } from "./room.ts";
import type { BookingRow } from "./table.ts";
import { written } from "./times.ts";

type Site = { id: string; settings: Record<string, unknown> };

type Placed = Pick<
  BookingRow,
  "serviceId" | "staffId" | "date" | "startTime" | "endTime" | "startAt" | "endAt" | "busyFrom" | "busyUntil" | "people"
>;

/** A service, whether or not it can be booked; `null` where there is none of this id, or no longer. */
export async function findService(ctx: Ctx, siteId: string, serviceId: string): Promise<ServiceRow | null> {
  const isIt = scoped(ctx, services, and(eq(services.siteId, siteId), eq(services.id, serviceId)));
  const [row] = await ctx.db.select().from(services).where(isIt);
  return row ?? null;
}

/** The service of an appointment, which stays until it is written. What is booked can move when its service is inactive. */
async function requireService(ctx: Ctx, siteId: string, { serviceId, movedBy = null }: Asked): Promise<ServiceRow> {
  const service = await findService(ctx, siteId, serviceId);
  const isGone =
    movedBy === null
      ? invalid("serviceId", "is not a service that can be booked")
      : conflict(movedBy, "The service of this booking is deleted: it cannot be moved.");
  if (!service || (movedBy === null && !service.active)) throw isGone;
  const isIt = scoped(ctx, services, and(eq(services.siteId, siteId), eq(services.id, serviceId)));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${services} WHERE ${isIt})`, isGone);
  return service;
}

/**
 * Stages that an appointment has its place: a slot of the service there is, with somebody who is free, and room for all who
 * come when it is written. Where nobody was named and another call was faster, the next one is tried.
 */
export async function takePlace(ctx: Ctx, site: Site, asked: Asked): Promise<{ service: ServiceRow; placed: Placed }> {
  const { id, serviceId, startAt, people } = asked;
  const service = await requireService(ctx, site.id, asked);
  if (people > service.capacity) throw invalid("people", `must be at most ${service.capacity}`);
  const evenInactive = typeof asked.movedBy === "string";
  const wanted = { siteId: site.id, serviceId, startAt, exceptBookingId: id, evenInactive };
  const isAnyone = asked.staffId === null && service.staffIds !== null;
  const staffId = isAnyone ? await freeStaff(ctx, site, service, asked) : asked.staffId;
  const found = await requireSlot(ctx, { ...wanted, people, ...(staffId !== null && { staffId }) });
  const { startAt: _, service: _service, zone: _zone, ...rest } = found;
  const slot = { ...rest, startAt };
  const placed = { ...slot, serviceId, people, ...(await written(site, slot)) };
  requireRoom(
    ctx,
    { id, siteId: site.id, ...placed },
    service.capacity,
    isAnyone ? new ConcurrentChange() : slotTaken(),
  );
  return { service, placed };
}

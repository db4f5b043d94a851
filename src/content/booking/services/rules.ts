import { and, eq, gt, sql } from "drizzle-orm";
import { conflict, invalid } from "../../../core/errors.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { isBlocking } from "../bookings/busy.ts";
import { bookings, LONGEST_BUSY_MS } from "../bookings/table.ts";
import { staff } from "../staff/table.ts";
import { type ServiceRow, services } from "./table.ts";

/** Whoever does a service is of the site's staff, also if somebody leaves it at the same moment. */
export function requireStaff(ctx: Ctx, { siteId, staffIds }: Pick<ServiceRow, "siteId" | "staffIds">): void {
  if (staffIds === null) return;
  const areTheirs = scoped(ctx, staff, eq(staff.siteId, siteId), isListed(staff.id, staffIds));
  const error = invalid("staffIds", "names somebody who is not of this site's staff");
  ctx.unit.require(sql`(SELECT count(*) FROM ${staff} WHERE ${areTheirs}) = ${staffIds.length}`, error);
}

/** Who can do a service stays, until it names somebody else: it would be done by nobody. */
export function requireUnnamed(ctx: Ctx, { id, siteId }: { id: string; siteId: string }): void {
  const isOfSite = scoped(ctx, services, eq(services.siteId, siteId));
  const error = conflict(
    "staffId",
    "Services name them in staffIds: take them off there first, or make them inactive.",
  );
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${services}, json_each(${services.staffIds}) AS named WHERE ${isOfSite} AND named.value = ${id})`,
    error,
  );
}

/** What is booked stays until it is over: whoever comes knows it by its service. Of who books at the same moment one wins. */
export function requireUnbooked(ctx: Ctx, { id, siteId }: Pick<ServiceRow, "id" | "siteId">): void {
  const isToCome = and(
    eq(bookings.siteId, siteId),
    eq(bookings.serviceId, id),
    // For the index; what follows says it exactly.
    gt(bookings.startAt, ctx.now - LONGEST_BUSY_MS),
    gt(bookings.endAt, ctx.now),
    isBlocking(ctx.now),
  );
  ctx.unit.requireNone(sql`SELECT '' AS found FROM ${bookings} WHERE ${scoped(ctx, bookings, isToCome)}`, () =>
    conflict("id", "Bookings are to come: make it inactive instead, or cancel them first."),
  );
}

import { asc, eq, isNotNull } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { reservations } from "../reservations/table.ts";
import { durationOf } from "../settings/settings.ts";
import { reservationTables } from "../tables/table.ts";
import { earlyOrLate, placeOf, timesOf } from "../times/times.ts";
import type { TableOnDay } from "./contract.ts";
import { isHeldIn, type Span } from "./held.ts";
import { freeIn, type Held } from "./plan.ts";

interface Asked {
  siteId: string;
  /** A day by the website's clock. */
  date: string;
  partySize: number;
  locationId?: string | undefined;
  branchId?: string | undefined;
}

/** The website's tables in use, in the order in which they are given away. */
const tablesOf = (ctx: Ctx, siteId: string) =>
  ctx.db
    .select()
    .from(reservationTables)
    .where(scoped(ctx, reservationTables, eq(reservationTables.siteId, siteId), eq(reservationTables.active, true)))
    .orderBy(asc(reservationTables.capacity), asc(reservationTables.place), asc(reservationTables.id));

/** What keeps tables in a span, as far as others find them taken. */
async function heldIn(ctx: Ctx, span: Span & { siteId: string }): Promise<Held[]> {
  const { tableId, startAt: from, busyUntil, walkIn } = reservations;
  const rows = ctx.db
    .select({ tableId, from, until: busyUntil, walkIn })
    .from(reservations)
    .where(isHeldIn(ctx, span, isNotNull(busyUntil)));
  return (await rows) as Held[];
}

/**
 * A website's tables on a day, with the times at which a party of this size can reserve each: what is shown free can be
 * reserved, and what is reserved is not shown free. A party that is larger than is taken online finds none. Throws
 * `not_found` for a site that is none.
 */
export async function tablesOn(ctx: Ctx, { siteId, date, partySize, ...wanted }: Asked): Promise<TableOnDay[]> {
  const site = await findSite(ctx, siteId);
  const place = await placeOf(site);
  const { settings, zone, clock } = place;
  const duration = durationOf(settings, partySize);
  const times = timesOf(place, date).map((it) => ({ ...it, from: it.startAt, until: it.startAt + duration }));
  const [first, last] = [times[0], times.at(-1)];
  const [tables, held] = await Promise.all([
    tablesOf(ctx, siteId),
    first && last ? heldIn(ctx, { siteId, from: first.from, until: last.until }) : [],
  ]);
  const isTooLarge = settings.maxPartySize !== null && partySize > settings.maxPartySize;
  const slots = times.map((it) => {
    const isOpen = !isTooLarge && earlyOrLate(place, date, it.startAt, ctx.now) === null;
    return {
      free: isOpen ? freeIn({ tables, held, buffer: settings.walkInBuffer }, it, partySize) : new Set(),
      shown: { time: it.time, startTime: clock.isoOf(zone, it.from), endTime: clock.isoOf(zone, it.until) },
    };
  });
  const isWanted = (table: (typeof tables)[number]): boolean =>
    (wanted.locationId ?? table.locationId) === table.locationId &&
    (wanted.branchId ?? table.branchId) === table.branchId;
  return tables.filter(isWanted).map(({ id, name, capacity, area, locationId, branchId }) => {
    const timeSlots = slots.map(({ free, shown }) => ({ ...shown, available: free.has(id) }));
    const available = timeSlots.some((it) => it.available);
    return { id, name, capacity, area, locationId, branchId, available, timeSlots };
  });
}

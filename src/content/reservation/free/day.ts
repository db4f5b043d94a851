import { asc, eq, isNotNull, ne } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { LONGEST_MS, reservations } from "../reservations/table.ts";
import { durationOf } from "../settings/settings.ts";
import { reservationTables } from "../tables/table.ts";
import { earlyOrLate, placeOf, timesOf } from "../times/times.ts";
import type { TableOnDay } from "./contract.ts";
import { isHeldIn, type Span } from "./held.ts";
import { freeIn, type Held } from "./plan.ts";

interface Party {
  siteId: string;
  partySize: number;
  /** A reservation that is about to move: it is not in its own way. */
  exceptId?: string | undefined;
}

interface Asked extends Omit<Party, "partySize"> {
  /** Left out: of each table the smallest party that it takes. */
  partySize?: number | undefined;
  /** A day by the website's clock. */
  date: string;
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
async function heldIn(ctx: Ctx, { exceptId, ...span }: Span & Pick<Party, "siteId" | "exceptId">): Promise<Held[]> {
  const isOther = exceptId === undefined ? undefined : ne(reservations.id, exceptId);
  const { tableId, startAt: from, busyUntil, walkIn } = reservations;
  const rows = ctx.db
    .select({ tableId, from, until: busyUntil, walkIn })
    .from(reservations)
    .where(isHeldIn(ctx, span, isNotNull(busyUntil), isOther));
  return (await rows) as Held[];
}

/** What was read of a website for some days: its tables, and what a day has of times for a party of some size. */
async function readDays(ctx: Ctx, { siteId, exceptId }: Omit<Party, "partySize">, dates: readonly string[]) {
  const place = await placeOf(await findSite(ctx, siteId));
  const { settings, zone, clock } = place;
  const all = dates.flatMap((date) => timesOf(place, date));
  const [first, last] = [all[0], all.at(-1)];
  const [tables, held] = await Promise.all([
    tablesOf(ctx, siteId),
    first && last ? heldIn(ctx, { siteId, exceptId, from: first.startAt, until: last.startAt + LONGEST_MS }) : [],
  ]);
  const slotsOf = (date: string, partySize: number) => {
    const duration = durationOf(settings, partySize);
    const isTooLarge = settings.maxPartySize !== null && partySize > settings.maxPartySize;
    const spans = timesOf(place, date).map((it) => ({ ...it, from: it.startAt, until: it.startAt + duration }));
    return spans.map((it) => {
      const isOpen = !isTooLarge && earlyOrLate(place, date, it.startAt, ctx.now) === null;
      return {
        free: isOpen ? freeIn({ tables, held, buffer: settings.walkInBuffer }, it, partySize) : new Set<string>(),
        shown: { time: it.time, startTime: clock.isoOf(zone, it.from), endTime: clock.isoOf(zone, it.until) },
      };
    });
  };
  return { tables, slotsOf };
}

/**
 * A website's tables on a day, with the times at which a party of this size can reserve each, or the smallest party that
 * it takes: what is shown free can be reserved, and what is reserved is not shown free. A party that is larger than is taken online finds none. Throws
 * `not_found` for a site that is none.
 */
export async function tablesOn(ctx: Ctx, { date, partySize, ...wanted }: Asked): Promise<TableOnDay[]> {
  const { tables, slotsOf } = await readDays(ctx, wanted, [date]);
  const sizes = new Set(partySize === undefined ? tables.map(({ minParty }) => minParty) : [partySize]);
  const slots = new Map([...sizes].map((size) => [size, slotsOf(date, size)]));
  const isWanted = (table: (typeof tables)[number]): boolean =>
    (wanted.locationId ?? table.locationId) === table.locationId &&
    (wanted.branchId ?? table.branchId) === table.branchId;
  return tables.filter(isWanted).map(({ id, name, capacity, minParty, area, locationId, branchId }) => {
    const timeSlots = (slots.get(partySize ?? minParty) ?? []).map(({ free, shown }) => ({
      ...shown,
      available: free.has(id),
    }));
    const available = timeSlots.some((it) => it.available);
    return { id, name, capacity, area, locationId, branchId, available, timeSlots };
  });
}

/** Which of some days, in their order, have a time at which a table is free for a party. They are the caller's to bound. */
export async function freeDays(
  ctx: Ctx,
  party: Party,
  dates: readonly string[],
): Promise<{ date: string; available: boolean }[]> {
  const { slotsOf } = await readDays(ctx, party, dates);
  return dates.map((date) => ({ date, available: slotsOf(date, party.partySize).some(({ free }) => free.size > 0) }));
}

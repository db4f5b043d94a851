import { and, asc, eq, gte, lte, ne, type SQL, sql } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { reservations } from "../reservations/table.ts";
import type { ReservationSettings } from "../settings/settings.ts";
import { reservationTables as tables } from "../tables/table.ts";
import { isHeldIn, type Span } from "./held.ts";

/** What a table is wanted for. */
export interface Wanted extends Span {
  siteId: string;
  partySize: number;
  /** The only one that will do; `null` for any. */
  tableId: string | null;
  /** Not bound by what is kept for walk-ins, nor by the smallest party of a table. */
  walkIn: boolean;
  /** The reservation that is to move: it is not in its own way. */
  exceptId: string | null;
  buffer: ReservationSettings["walkInBuffer"];
}

/**
 * A query of the table that a party gets: the smallest that is large enough and free, the first of those that are equally
 * small; no row where there is none. It is asked before a reservation is made, and again by the commit, so that what was
 * read does not count.
 */
export function firstFree(ctx: Ctx, wanted: Wanted): SQL {
  const { siteId, partySize, tableId, walkIn } = wanted;
  const isLargeEnough = and(
    eq(tables.siteId, siteId),
    eq(tables.active, true),
    gte(tables.capacity, partySize),
    walkIn ? undefined : lte(tables.minParty, partySize),
    tableId === null ? undefined : eq(tables.id, tableId),
  );
  const isTaken = inTheWay(ctx, wanted, eq(reservations.tableId, tables.id));
  return sql`SELECT ${tables.id} AS found FROM ${tables}
    WHERE ${scoped(ctx, tables, isLargeEnough)}
      AND NOT EXISTS (SELECT 1 FROM ${reservations} WHERE ${isTaken})
      ${leavesBuffer(ctx, wanted)}
    ORDER BY ${asc(tables.capacity)}, ${asc(tables.place)}, ${asc(tables.id)} LIMIT 1`;
}

const inTheWay = (ctx: Ctx, { exceptId, ...span }: Wanted, ...conditions: SQL[]): SQL =>
  isHeldIn(ctx, span, exceptId === null ? undefined : ne(reservations.id, exceptId), ...conditions);

/** A percentage, rounded up. A number that is bound is a float, whose division is none of whole numbers. */
const shareOf = (total: SQL, percent: number): SQL => sql`(CAST(${total} * ${percent} + 99 AS INTEGER) / 100)`;

/**
 * Whether enough is left for walk-ins at every moment of the span. At most is taken when it begins, or when another
 * reservation does. What walk-ins have taken is out of what was kept for them.
 */
function leavesBuffer(ctx: Ctx, wanted: Wanted): SQL {
  const { buffer, walkIn, siteId } = wanted;
  if (walkIn || buffer === null || buffer.amount === 0) return sql``;
  const weight = buffer.unit === "tables" ? sql`1` : sql`${tables.capacity}`;
  const isInUse = scoped(ctx, tables, eq(tables.siteId, siteId), eq(tables.active, true));
  const total = sql`(SELECT coalesce(sum(${weight}), 0) FROM ${tables} WHERE ${isInUse})`;
  const kept = buffer.unit === "percent" ? shareOf(total, buffer.amount) : sql`${buffer.amount}`;
  const peak = sql`(WITH held AS MATERIALIZED (
      SELECT ${reservations.startAt} AS since, ${reservations.busyUntil} AS until, ${weight} AS weight
      FROM ${reservations} JOIN ${tables} ON ${tables.id} = ${reservations.tableId}
      WHERE ${isInUse} AND ${inTheWay(ctx, wanted, eq(reservations.walkIn, false))})
    SELECT coalesce(max((SELECT coalesce(sum(weight), 0) FROM held WHERE since <= moment AND until > moment)), 0)
    FROM (SELECT ${wanted.from} AS moment UNION SELECT since FROM held WHERE since > ${wanted.from}))`;
  return sql`AND ${peak} + ${weight} + ${kept} <= ${total}`;
}

import { and, eq, ne, sql } from "drizzle-orm";
import { invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { isHeldIn } from "../free/held.ts";
import { reservationTables as tables } from "../tables/table.ts";
import { noTable } from "./seat.ts";
import { type ReservationRow, reservations } from "./table.ts";

/** What holds of every new reservation that is not over, of an archive, too: nobody else has its table then. */
export function requireUntaken(ctx: Ctx, row: ReservationRow): void {
  const { siteId, tableId, startAt: from, busyUntil: until } = row;
  if (until === null) return;
  const isTable = scoped(ctx, tables, and(eq(tables.siteId, siteId), eq(tables.id, tableId)));
  const isNone = invalid("tableId", "is not a table of this site");
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${tables} WHERE ${isTable})`, isNone);
  const isTaken = isHeldIn(
    ctx,
    { siteId, from, until },
    eq(reservations.tableId, tableId),
    ne(reservations.id, row.id),
  );
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${reservations} WHERE ${isTaken})`,
    noTable("tableId", "The table is not free then."),
  );
}

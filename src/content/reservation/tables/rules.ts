import { eq, gt, type InferSelectModel, sql } from "drizzle-orm";
import { conflict, invalid } from "../../../core/errors.ts";
import { counter } from "../../../core/storage/counter.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { isHeld } from "../free/held.ts";
import { reservations } from "../reservations/table.ts";
import type { reservationTables } from "./table.ts";

export type TableRow = InferSelectModel<typeof reservationTables>;

/** What is free is computed from all of a website's tables: there are not more of them than that takes a moment for. */
export const MOST_TABLES = 500;

const TABLES = counter("reservation_tables", [1, 0]);

/** What holds of a table as a whole: nobody who has reserved it finds it too small. */
export function checkTable(ctx: Ctx, row: TableRow, before: TableRow | null): void {
  if (row.minParty > row.capacity) throw invalid("minParty", `must be at most ${row.capacity}, the table's capacity`);
  if (before === null) {
    const error = conflict("name", `A website has at most ${MOST_TABLES} tables.`);
    ctx.unit.require(sql`${TABLES.count(row.siteId)} < ${MOST_TABLES}`, error);
  } else if (row.capacity < before.capacity) {
    const tooLarge = isHeld(ctx, row, eq(reservations.tableId, row.id), gt(reservations.partySize, row.capacity));
    ctx.unit.requireNone(sql`SELECT '' AS found FROM ${reservations} WHERE ${tooLarge}`, () =>
      conflict("capacity", "A larger party has reserved it."),
    );
  }
}

/** A table that somebody has reserved stays until nobody has. */
export function requireUnreserved(ctx: Ctx, row: TableRow): void {
  const isOfIt = isHeld(ctx, row, eq(reservations.tableId, row.id));
  ctx.unit.requireNone(sql`SELECT '' AS found FROM ${reservations} WHERE ${isOfIt}`, () =>
    conflict("id", "The table is reserved: move or cancel its reservations first, or make it inactive."),
  );
}

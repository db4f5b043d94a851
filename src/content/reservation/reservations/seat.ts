import { and, eq, gte, sql } from "drizzle-orm";
import { ConcurrentChange, DomainError, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { firstFree, type Wanted } from "../free/first.ts";
import { reservationTables as tables } from "../tables/table.ts";

/** 409 for a table that is taken. */
export const noTable = (field: "time" | "tableId", message: string): DomainError =>
  new DomainError("conflict", message, { reason: "no_table", fields: { [field]: [message] } });

const isTaken = (): DomainError => noTable("tableId", "The table is not free then.");

/** Why no table was found: 400 for what never fits, 409 for what is taken. */
async function refusal(ctx: Ctx, { siteId, partySize, tableId }: Wanted): Promise<DomainError> {
  const isIt = tableId === null ? undefined : eq(tables.id, tableId);
  const isOfSite = and(eq(tables.siteId, siteId), eq(tables.active, true), isIt);
  const rows = await ctx.db
    .select({ capacity: tables.capacity })
    .from(tables)
    .where(scoped(ctx, tables, isOfSite, tableId === null ? gte(tables.capacity, partySize) : undefined))
    .limit(1);
  const [row] = rows;
  if (tableId === null) {
    return row ? noTable("time", "No table is free then.") : invalid("partySize", "is more than any table holds");
  }
  if (!row) return invalid("tableId", "is not a table of this site that is in use");
  if (row.capacity < partySize) return invalid("partySize", `is more than the table holds: ${row.capacity}`);
  return isTaken();
}

/**
 * The table a party gets, the smallest that fits where it asks for none. The commit holds only while that is still so:
 * where another one is taken meanwhile, or gets free, it is chosen again; a table that was asked for by its id is 409.
 */
export async function chooseTable(ctx: Ctx, wanted: Wanted): Promise<string> {
  const query = firstFree(ctx, wanted);
  const [first] = await ctx.db.all<{ found: string }>(query);
  if (!first) throw await refusal(ctx, wanted);
  // IS: where there is none any more, nothing equals it.
  const isStill = sql`(${query}) IS ${first.found}`;
  if (wanted.tableId === null) ctx.unit.require(isStill);
  else ctx.unit.require(isStill, isTaken());
  return first.found;
}

/** The commit holds only while the website is as it was read: its settings say when tables can be reserved. */
export function requireSame(ctx: Ctx, site: { id: string; version: number }): void {
  const isIt = and(eq(sites.id, site.id), eq(sites.version, site.version));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${sites} WHERE ${isIt})`, new ConcurrentChange());
}

import { gt, lte, type SQL, sql } from "drizzle-orm";
import { events } from "../storage/tables.ts";
import { emitted } from "./audience.ts";

/** Events handed over by one statement: with 1,000 endpoints it writes 25,000 rows. */
const SLICE = 25;
/** Statements of one commit that hand events over, of the 1,000 an invocation has (docs/platform.md, D1). */
const MOST_SLICES = 400;

/**
 * Conditions on `emitted` that cut the events which the statement before has inserted: their last one, then slices of the
 * others from the end. The numbers of rows that one statement inserts follow one another. The last slice has no lower bound, so
 * that none is left over when there are more than `atMost`.
 */
export function slicesOf(atMost: number): SQL[] {
  const newest = sql`(SELECT max(${events.seq}) FROM ${events})`;
  const size = Math.max(SLICE, Math.ceil((atMost - 1) / MOST_SLICES));
  const slices: SQL[] = [sql`${emitted.seq} = ${newest}`];
  for (let behind = 1; behind < Math.max(2, atMost); behind += size) {
    const isLast = behind + size >= atMost;
    const isBelow = lte(emitted.seq, sql`${newest} - ${behind}`);
    slices.push(isLast ? isBelow : sql`(${isBelow} AND ${gt(emitted.seq, sql`${newest} - ${behind + size}`)})`);
  }
  return slices;
}

import { and, eq, sql } from "drizzle-orm";
import { invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { staff } from "../staff/table.ts";
import { type ExceptionRow, exceptions } from "./table.ts";

/** As many days as an exception can have at most: those of a day are found among those that begin within so many before it. */
export const MAX_DAYS = 366;

const DAY_MS = 86_400_000;

/** What holds of an exception as a whole; of somebody's, that they are of the site's staff. */
export function checkException(ctx: Ctx, { siteId, staffId, startDate, endDate }: ExceptionRow): void {
  const days = (Date.parse(endDate) - Date.parse(startDate)) / DAY_MS + 1;
  if (days < 1) throw invalid("endDate", "must not be before startDate");
  if (days > MAX_DAYS) throw invalid("endDate", `must be within ${MAX_DAYS} days of startDate`);
  if (staffId === null) return;
  const isTheirs = scoped(ctx, staff, eq(staff.siteId, siteId), eq(staff.id, staffId));
  const error = invalid("staffId", "is not of this site's staff");
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${staff} WHERE ${isTheirs})`, error);
}

/** Stages the end of the exceptions of somebody who is of the staff no more. */
export const stageExceptionsOf = (ctx: Ctx, { id, siteId }: { id: string; siteId: string }): void =>
  ctx.unit.stage(
    ctx.db
      .delete(exceptions)
      .where(scoped(ctx, exceptions, and(eq(exceptions.siteId, siteId), eq(exceptions.staffId, id)))),
  );

import { conflict, invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { BookingRow } from "./table.ts";

/** Only what waits to be confirmed is held, and until a moment that lies ahead. */
export function requireAhead(
  ctx: Ctx,
  { status, holdUntil }: Pick<BookingRow, "status"> & { holdUntil: number | null | undefined },
): void {
  if (typeof holdUntil !== "number") return;
  if (status !== "pending") throw conflict("holdUntil", `A booking that is ${status} is not held.`);
  if (holdUntil <= ctx.now) throw invalid("holdUntil", "must be in the future");
}

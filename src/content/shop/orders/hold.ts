import { conflict, invalid } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderRow } from "./table.ts";

/** What somebody wants an order to be held until has to lie ahead. */
export function requireAhead(ctx: Ctx, holdUntil: number | null | undefined): void {
  if (typeof holdUntil === "number" && holdUntil <= ctx.now) throw invalid("holdUntil", "must lie in the future");
}

/** Only what waits for its payment is held; when its time is up, `cancelOverdue` is woken. */
export function holdOrder(ctx: Ctx, row: OrderRow, before: OrderRow | null): void {
  const { holdUntil, status } = row;
  if (holdUntil === null || holdUntil === before?.holdUntil) return;
  if (status !== "pending") throw conflict("holdUntil", `An order that is ${status} is not held.`);
  wakeAt(ctx, holdUntil);
}

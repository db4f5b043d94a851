import { and, eq, gt, isNull, lt, or, type SQL } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { LONGEST_MS, reservations } from "../reservations/table.ts";

/** From when until when, in milliseconds since the epoch; the end is not part of it. */
export interface Span {
  from: number;
  until: number;
}

/** Reservations of a website that nobody has waited for in vain: time by itself ends those whose `heldUntil` has come. */
const isUp = (ctx: Ctx, siteId: string, ...conditions: (SQL | undefined)[]): SQL =>
  scoped(
    ctx,
    reservations,
    eq(reservations.siteId, siteId),
    or(isNull(reservations.heldUntil), gt(reservations.heldUntil, ctx.now)),
    ...conditions,
  );

/** Reservations that keep their table now or later. */
export const isHeld = (ctx: Ctx, { siteId }: { siteId: string }, ...conditions: (SQL | undefined)[]): SQL =>
  isUp(ctx, siteId, gt(reservations.busyUntil, ctx.now), ...conditions);

/** Reservations that keep their table at some moment of a span. */
export const isHeldIn = (
  ctx: Ctx,
  { siteId, from, until }: Span & { siteId: string },
  ...conditions: (SQL | undefined)[]
): SQL =>
  isUp(
    ctx,
    siteId,
    and(gt(reservations.startAt, from - LONGEST_MS), lt(reservations.startAt, until), gt(reservations.busyUntil, from)),
    ...conditions,
  );

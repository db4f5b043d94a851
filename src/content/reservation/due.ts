import { and, asc, eq, isNotNull, lte, min } from "drizzle-orm";
import { ConcurrentChange } from "../../core/errors.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { jobContext } from "../../core/work/job-context.ts";
import type { Tenant } from "../../core/work/scheduler.ts";
import type { Env } from "../../env.ts";
import { RESERVATIONS } from "./reservations/resource.ts";
import { asOf } from "./reservations/status.ts";
import { type ReservationRow, reservations } from "./reservations/table.ts";

/** Reservations ended by one run; the next one goes on. */
const LIMIT = 25;

/** Ends one reservation whose time is up: its table is free since then, now everybody hears of it. */
async function endOne(env: Env, row: ReservationRow, now: number): Promise<void> {
  const ctx = jobContext(env, row, "job:reservations", now);
  const { status, busyUntil } = asOf(row, now);
  await RESERVATIONS.verbs.change(ctx, row, { status, busyUntil, heldUntil: null });
  await ctx.unit.commit();
}

/**
 * Makes no-shows of parties that have not come in time, and cancels what was never confirmed. Safe to run twice at once.
 * Answers when to look again; `null` when no reservation waits. One that fails does not keep the others waiting.
 */
export async function endLapsed(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const ofTenant =
    tenant && and(eq(reservations.workspaceId, tenant.workspaceId), eq(reservations.environment, tenant.environment));
  const due = await db
    .select()
    .from(reservations)
    .where(and(ofTenant, lte(reservations.heldUntil, now)))
    .orderBy(asc(reservations.heldUntil))
    .limit(LIMIT);
  const failures: unknown[] = [];
  for (const row of due) {
    try {
      await endOne(env, row, now);
    } catch (error) {
      // The party was seated, or the reservation changed, just now.
      if (!(error instanceof ConcurrentChange)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  const [next] = await db
    .select({ at: min(reservations.heldUntil) })
    .from(reservations)
    .where(and(ofTenant, isNotNull(reservations.heldUntil)));
  return next?.at ?? null;
}

import { and, asc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Tenant } from "../../../core/work/scheduler.ts";
import type { Env } from "../../../env.ts";
import { BOOKINGS } from "./resource.ts";
import { type BookingRow, bookings } from "./table.ts";

/** Bookings expired by one run; the next one goes on. */
const LIMIT = 25;
/** One that could not be expired is tried again after so long; until then it keeps nobody else waiting. */
const RETRY_MS = 5 * 60_000;

/** Writes down that a hold has run out. */
async function expireOne(env: Env, booking: BookingRow, now: number): Promise<void> {
  const ctx = jobContext(env, booking, "job:bookings", now);
  await BOOKINGS.verbs.change(ctx, booking, { status: "expired", holdUntil: null });
  await ctx.unit.commit();
}

/** What is looked at, and when: when the hold runs out, or after a failure later. */
const dueAt = sql<number>`max(${bookings.holdUntil}, coalesce(${bookings.retryAt}, 0))`;

/**
 * Expires the bookings that were not confirmed by the time they were held until. Their slots are free from that moment on,
 * whether or not this has run. Safe to run twice at once. Answers when to look again; `null` when no booking waits. One
 * that fails does not keep the others waiting, however many there are of them.
 */
export async function expireHolds(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const ofTenant =
    tenant && and(eq(bookings.workspaceId, tenant.workspaceId), eq(bookings.environment, tenant.environment));
  const isTried = or(isNull(bookings.retryAt), lte(bookings.retryAt, now));
  const due = await db
    .select()
    .from(bookings)
    .where(and(ofTenant, lte(bookings.holdUntil, now), isTried))
    .orderBy(asc(bookings.holdUntil))
    .limit(LIMIT);
  const failures: unknown[] = [];
  for (const booking of due) {
    try {
      await expireOne(env, booking, now);
    } catch (error) {
      // It was confirmed, or changed, just now.
      if (error instanceof ConcurrentChange) continue;
      failures.push(error);
      await db
        .update(bookings)
        .set({ retryAt: now + RETRY_MS })
        .where(eq(bookings.id, booking.id));
    }
  }
  if (failures.length > 0) throw failures[0];
  const [next] = await db
    .select({ at: sql<number | null>`min(${dueAt})` })
    .from(bookings)
    .where(and(ofTenant, isNotNull(bookings.holdUntil)));
  return next?.at ?? null;
}

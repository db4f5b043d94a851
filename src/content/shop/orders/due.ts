import { and, asc, eq, isNotNull, lte, min } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Tenant } from "../../../core/work/scheduler.ts";
import type { Env } from "../../../env.ts";
import { cancelAsRead } from "./cancel.ts";
import { type OrderRow, orders } from "./table.ts";

/** Orders cancelled by one run; the next one goes on. */
const LIMIT = 25;

/** Cancels one order whose time is up. */
async function cancelOne(env: Env, order: OrderRow, now: number): Promise<void> {
  const ctx = jobContext(env, order, "job:orders", now);
  await cancelAsRead(ctx, order);
  await ctx.unit.commit();
}

/**
 * Cancels the orders that were not paid by the time they were held until. Safe to run twice at once. Answers when to look
 * again; `null` when no order waits. One that fails does not keep the others waiting.
 */
export async function cancelOverdue(env: Env, now: number, tenant?: Tenant): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const ofTenant =
    tenant && and(eq(orders.workspaceId, tenant.workspaceId), eq(orders.environment, tenant.environment));
  const due = await db
    .select()
    .from(orders)
    .where(and(ofTenant, lte(orders.holdUntil, now)))
    .orderBy(asc(orders.holdUntil))
    .limit(LIMIT);
  const failures: unknown[] = [];
  for (const order of due) {
    try {
      await cancelOne(env, order, now);
    } catch (error) {
      // It was paid, or changed, just now.
      if (!(error instanceof ConcurrentChange)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  const [next] = await db
    .select({ at: min(orders.holdUntil) })
    .from(orders)
    .where(and(ofTenant, isNotNull(orders.holdUntil)));
  return next?.at ?? null;
}

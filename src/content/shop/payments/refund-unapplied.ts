import { and, eq, sql } from "drizzle-orm";
import { conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderRow } from "../orders/table.ts";
import type { Refund } from "./contract.ts";
import { expectNew } from "./known.ts";
import { stagePayment } from "./record.ts";
import { type PaymentRow, payments } from "./table.ts";

/** Stages that money goes back which came for an order and was not counted in it. The order stays as it is. */
export async function refundUnapplied(
  ctx: Ctx,
  order: OrderRow,
  { paymentId, amount: wanted, items, restock, reason, reference }: Refund & { paymentId: string },
): Promise<PaymentRow> {
  if (items || restock) throw invalid("paymentId", "is of no items: leave out items and restock");
  const isIt = and(eq(payments.siteId, order.siteId), eq(payments.orderId, order.id), eq(payments.id, paymentId));
  const isUnapplied = and(eq(payments.kind, "payment"), eq(payments.outcome, "unapplied"));
  const [paid] = await ctx.db
    .select()
    .from(payments)
    .where(scoped(ctx, payments, isIt, isUnapplied));
  if (!paid) throw invalid("paymentId", "is not an unapplied payment of this order");
  const isOfIt = and(eq(payments.siteId, order.siteId), eq(payments.orderId, order.id), eq(payments.refundOf, paid.id));
  const back = sql<number>`(SELECT coalesce(sum(${payments.amount}), 0) FROM ${payments} WHERE ${scoped(ctx, payments, isOfIt)})`;
  const [{ sum } = { sum: 0 }] = await ctx.db.select({ sum: back.as("sum") }).from(sql`(SELECT 1)`);
  const left = paid.amount - sum;
  const amount = wanted ?? left;
  const tooMuch = conflict("amount", `No more than ${left} of this payment is left to pay back.`);
  if (amount === 0 || amount > left) throw tooMuch;
  ctx.unit.require(sql`${back} + ${amount} <= ${paid.amount}`, tooMuch);
  if (reference !== null) expectNew(ctx, conflict("reference", "is that of another refund"));
  const { id: refundOf, provider, currency } = paid;
  const refund = { kind: "refund", event: "refund.succeeded", outcome: "unapplied" } as const;
  const told = {
    amount,
    provider,
    currency,
    reference,
    reason,
    refundOf,
    unappliedReason: "unapplied_payment",
  } as const;
  return stagePayment(ctx, order, { ...refund, ...told });
}

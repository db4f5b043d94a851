import { and, eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderRow } from "../orders/table.ts";
import { MANUAL } from "./paid.ts";
import { stagePayment } from "./record.ts";
import { type PaymentRow, payments } from "./table.ts";

/** What of an order can go back still, in minor units. */
export const refundable = ({ paidAmount, refundedAmount }: OrderRow): number => paidAmount - refundedAmount;

/** By whom an order was paid. */
async function payerOf(ctx: Ctx, { siteId, id }: OrderRow): Promise<string> {
  const isIt = and(eq(payments.siteId, siteId), eq(payments.orderId, id), eq(payments.kind, "payment"));
  const [row] = await ctx.db
    .select({ provider: payments.provider })
    .from(payments)
    .where(scoped(ctx, payments, isIt, eq(payments.outcome, "applied")));
  return row?.provider ?? MANUAL;
}

/**
 * Stages a refund of what was paid for an order, by whom it was paid unless told otherwise; the caller has seen that so
 * much is left. Answers the columns it changes, too: an order of which all went back is refunded.
 */
export async function stageRefund(
  ctx: Ctx,
  order: OrderRow,
  {
    amount,
    ...told
  }: Pick<PaymentRow, "amount"> & Partial<Pick<PaymentRow, "provider" | "reference" | "messageId" | "reason">>,
): Promise<{ payment: PaymentRow; columns: Partial<OrderRow> }> {
  const provider = told.provider ?? (await payerOf(ctx, order));
  const refund = { kind: "refund", event: "refund.succeeded", outcome: "applied", amount, ...told, provider } as const;
  const payment = stagePayment(ctx, order, refund);
  const isAll = amount === refundable(order);
  const columns = { refundedAmount: order.refundedAmount + amount, ...(isAll && { status: "refunded" as const }) };
  return { payment, columns };
}

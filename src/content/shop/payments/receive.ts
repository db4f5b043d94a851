import { ConcurrentChange } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { ORDERS } from "../orders/resource.ts";
import type { OrderRow } from "../orders/table.ts";
import type { Callback } from "./contract.ts";
import { expectNew, findKnown, type Message } from "./known.ts";
import { signedPayment, stagePaid } from "./paid.ts";
import { stagePayment } from "./record.ts";
import { refundable, stageRefund } from "./stage-refund.ts";
import type { PaymentRow, UnappliedReason } from "./table.ts";

/** Why a payment is not what the order waits for; `null` if it is. */
function paymentProblem(order: OrderRow, { amount, currency }: Callback["data"]): UnappliedReason | null {
  if (order.paidAt !== null) return "already_paid";
  if (order.status !== "pending") return "order_cancelled";
  if (currency !== order.currency) return "wrong_currency";
  return amount === order.total ? null : "wrong_amount";
}

/** Why a refund is not counted as one of what was paid for the order; `null` if it is. */
function refundProblem(order: OrderRow, { amount, currency }: Callback["data"]): UnappliedReason | null {
  if (currency !== order.currency) return "wrong_currency";
  return order.paidAt !== null && amount <= refundable(order) ? null : "more_than_paid";
}

/**
 * Stages what a provider says has happened, once, however often it says so. It moves the order only if it is what the order
 * waits for; what is not is recorded all the same, since money has moved.
 */
export async function receivePayment(ctx: Ctx, message: Message): Promise<PaymentRow> {
  const known = await findKnown(ctx, message);
  if (known) return known;
  expectNew(ctx, new ConcurrentChange());
  const { type: event, data } = message.callback;
  const order = await findItem(ctx, ORDERS, { siteId: message.siteId, id: data.orderId });
  const kind = event === "refund.succeeded" ? ("refund" as const) : ("payment" as const);
  const told = { kind, event, ...signedPayment(message) };
  if (event === "payment.failed") return stagePayment(ctx, order, { ...told, outcome: "failed" });
  const unappliedReason = kind === "refund" ? refundProblem(order, data) : paymentProblem(order, data);
  if (unappliedReason !== null) return stagePayment(ctx, order, { ...told, outcome: "unapplied", unappliedReason });
  if (kind === "refund") {
    const { payment, columns } = await stageRefund(ctx, order, signedPayment(message));
    await ORDERS.verbs.change(ctx, order, columns);
    return payment;
  }
  const { payment, columns } = stagePaid(ctx, order, signedPayment(message));
  await ORDERS.verbs.change(ctx, order, columns);
  return payment;
}

import type { Ctx } from "../../../core/work/context.ts";
import type { OrderRow } from "../orders/table.ts";
import type { Message } from "./known.ts";
import { stagePayment } from "./record.ts";
import type { PaymentRow } from "./table.ts";

/** What is paid by hand: in the shop, by bank transfer, whatever its owner says he has. */
export const MANUAL = "manual";

/** A payment as whoever takes it tells of it, whichever way. Amounts are in minor units. */
export type ProviderPayment = Pick<PaymentRow, "provider" | "amount" | "currency" | "reference" | "messageId">;

/** By the word of the shop's owner: all that is due. */
export const manualPayment = ({ total, currency }: OrderRow): ProviderPayment => ({
  ...{ provider: MANUAL, amount: total, currency },
  ...{ reference: null, messageId: null },
});

/** By a provider's signed message. */
export const signedPayment = ({ provider, messageId, callback: { data } }: Message): ProviderPayment => ({
  ...{ provider, messageId, amount: data.amount, currency: data.currency, reference: data.reference },
});

/** Stages the payment of all that is due for an order; answers the columns it changes. */
export function stagePaid(
  ctx: Ctx,
  order: OrderRow,
  payment: ProviderPayment,
): { payment: PaymentRow; columns: Partial<OrderRow> } {
  const row = stagePayment(ctx, order, { ...payment, kind: "payment", event: "payment.succeeded", outcome: "applied" });
  const columns = { status: "paid", paidAt: ctx.now, paidAmount: payment.amount, holdUntil: null } as const;
  return { payment: row, columns };
}

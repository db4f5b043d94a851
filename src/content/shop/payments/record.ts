import { newId } from "../../../core/ids.ts";
import { madeBy } from "../../../core/work/keeping.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import { shownBy } from "../../resource/contract.ts";
import { refundParts } from "../pricing/refund.ts";
import type { OrderRow } from "../orders/table.ts";
import { PaymentSchema } from "./contract.ts";
import { type PaymentRow, payments } from "./table.ts";

type Told = Pick<PaymentRow, "kind" | "event" | "provider" | "amount" | "outcome"> &
  Partial<Pick<PaymentRow, "currency" | "reference" | "messageId" | "unappliedReason" | "refundOf" | "reason">>;

const show = shownBy(PaymentSchema);

/** Stages money that was paid for an order, or paid back; `order` is as it was before. */
export function stagePayment(ctx: Ctx, order: OrderRow, told: Told): PaymentRow {
  const isRefund = told.kind === "refund" && told.outcome === "applied";
  const row: PaymentRow = {
    id: newId("pay", ctx.now),
    ...ownedBy(ctx),
    siteId: order.siteId,
    folded: null,
    change: madeBy(ctx),
    orderId: order.id,
    currency: order.currency,
    reference: null,
    messageId: null,
    unappliedReason: null,
    refundOf: null,
    reason: null,
    ...told,
    tax: isRefund ? refundParts(order, { refundedBefore: order.refundedAmount, amount: told.amount }).tax : null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  ctx.unit.stage(ctx.db.insert(payments).values(row));
  ctx.unit.audit("payment.recorded", { type: "payment", id: row.id, after: show(row) });
  return row;
}

import { and, eq, sql } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { madeBy } from "../../../core/work/keeping.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { shownBy } from "../../resource/contract.ts";
import { refundParts } from "../pricing/refund.ts";
import type { OrderRow } from "../orders/table.ts";
import { PaymentSchema } from "./contract.ts";
import { type PaymentRow, payments } from "./table.ts";

type Told = Pick<PaymentRow, "kind" | "event" | "provider" | "amount" | "outcome"> &
  Partial<Pick<PaymentRow, "currency" | "reference" | "messageId" | "unappliedReason" | "refundOf" | "reason">>;

const show = shownBy(PaymentSchema);

/** What can be recorded of one order, so that its list stays short. Money that has moved is recorded all the same. */
const MAX_PAYMENTS = 200;

function requireRoom(ctx: Ctx, { siteId, orderId }: PaymentRow): void {
  const isOfOrder = and(eq(payments.siteId, siteId), eq(payments.orderId, orderId));
  const count = sql`(SELECT count(*) FROM ${payments} WHERE ${scoped(ctx, payments, isOfOrder)})`;
  const full = new DomainError("conflict", `An order has at most ${MAX_PAYMENTS} payments and refunds.`);
  ctx.unit.require(sql`${count} < ${MAX_PAYMENTS}`, full);
}

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
  const hasMoved = row.messageId !== null && row.outcome !== "failed";
  if (!hasMoved) requireRoom(ctx, row);
  ctx.unit.stage(ctx.db.insert(payments).values(row));
  ctx.unit.audit("payment.recorded", { type: "payment", id: row.id, after: show(row) });
  return row;
}
